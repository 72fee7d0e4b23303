package catalog

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/shop/libs/clock"
)

func TestHandler(t *testing.T) {
	articles, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	hours, err := clock.In("Europe/Lisbon", 9*time.Hour, 18*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	noon := func() time.Time { return time.Date(2026, time.January, 5, 12, 0, 0, 0, time.UTC) }
	handler := Handler(articles, hours, noon)

	for path, want := range map[string]string{
		"/articles": `{"name":"Cup with a lid","price":{"cents":1200,"price":"12.00"}}`,
		"/open":     `{"open":true,"zone":"Europe/Lisbon"}`,
	} {
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, httptest.NewRequest("GET", path, nil))
		if got := recorder.Body.String(); !strings.Contains(got, want) {
			t.Errorf("GET %s answers %s, want it to hold %s", path, got, want)
		}
	}
}
