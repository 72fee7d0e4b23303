package routes

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/shop/apps/api/internal/partner"
)

func TestRoutes(t *testing.T) {
	noon := func() time.Time { return time.Date(2026, time.January, 5, 12, 0, 0, 0, time.UTC) }
	handler := New(partner.Client{}, noon)

	for _, test := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"GET", "/healthz", "", 204, ""},
		{"POST", "/orders", `{"article":"tea","pieces":3,"cents":450}`, 201, `"price":"13.50"`},
		{"POST", "/orders", `{"article":"tea","pieces":0,"cents":450}`, 400, `"error"`},
		{"GET", "/hours?zone=Asia/Tokyo", "", 200, `"localTime":"2026-01-05T21:00:00+09:00","open":false`},
		{"GET", "/hours?zone=Nowhere", "", 400, `"error"`},
		{"GET", "/payments", "", 502, "PAYMENTS_URL"},
	} {
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, httptest.NewRequest(test.method, test.path, strings.NewReader(test.body)))
		if recorder.Code != test.status || !strings.Contains(recorder.Body.String(), test.want) {
			t.Errorf("%s %s: %d %s, want %d and %s", test.method, test.path, recorder.Code, recorder.Body, test.status, test.want)
		}
	}
}
