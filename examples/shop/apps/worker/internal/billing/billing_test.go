package billing

import "testing"

func TestTotal(t *testing.T) {
	orders := []Order{{Article: "tea", Pieces: 3, Each: 450}, {Article: "cup", Pieces: 2, Each: 1200}}
	if got := Total(orders); got != 3750 {
		t.Errorf("got %s, want 37.50", got)
	}
	if got := Total(nil); got != 0 {
		t.Errorf("no orders cost %s", got)
	}
}
