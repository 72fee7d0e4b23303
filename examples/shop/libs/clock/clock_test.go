package clock

import (
	"testing"
	"time"
)

func TestOpenGoesByTheClockOfTheShop(t *testing.T) {
	// 07:30 UTC: half past eight in Lisbon, half past four in the afternoon in Tokyo.
	at := time.Date(2026, time.June, 1, 7, 30, 0, 0, time.UTC)
	for zone, want := range map[string]bool{"Europe/Lisbon": false, "Asia/Tokyo": true} {
		hours, err := In(zone, 9*time.Hour, 18*time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		if got := hours.Open(at); got != want {
			t.Errorf("open in %s: %t, want %t", zone, got, want)
		}
	}
}

func TestUnknownZone(t *testing.T) {
	if _, err := In("Europe/Atlantis", 0, 0); err == nil {
		t.Error("an unknown time zone was accepted")
	}
}
