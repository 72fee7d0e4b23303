package partner

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestCheckRefusesACertificateNobodySigned(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	err := Client{URL: server.URL}.Check(t.Context())
	if err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("got %v, want an error about the certificate", err)
	}
}

func TestCheckWithoutPartner(t *testing.T) {
	if err := (Client{}).Check(t.Context()); err == nil {
		t.Error("no partner, no error")
	}
}
