package money

import (
	"encoding/json"
	"testing"
)

func TestString(t *testing.T) {
	for amount, want := range map[Amount]string{0: "0.00", 5: "0.05", 1250: "12.50", -199: "-1.99"} {
		if got := amount.String(); got != want {
			t.Errorf("Amount(%d).String() = %q, want %q", int64(amount), got, want)
		}
	}
}

func TestTimes(t *testing.T) {
	if got := Amount(350).Times(3); got != 1050 {
		t.Errorf("got %d cents, want 1050", int64(got))
	}
}

func TestMarshalJSON(t *testing.T) {
	got, err := json.Marshal(Amount(1250))
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"cents":1250,"price":"12.50"}`; string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
