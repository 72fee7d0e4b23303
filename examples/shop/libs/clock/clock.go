// Package clock knows when a shop is open, wherever it stands.
package clock

import (
	"fmt"
	"time"
)

// Hours are the opening hours of a shop in its own time zone.
type Hours struct {
	Opens, Closes time.Duration // since midnight
	Zone          *time.Location
}

// In gives shop hours in the time zone with this IANA name, such as Europe/Lisbon.
func In(zone string, opens, closes time.Duration) (Hours, error) {
	location, err := time.LoadLocation(zone)
	if err != nil {
		return Hours{}, fmt.Errorf("opening hours: %w", err)
	}
	return Hours{Opens: opens, Closes: closes, Zone: location}, nil
}

// Open reports whether the shop is open at this moment.
func (h Hours) Open(at time.Time) bool {
	local := at.In(h.Zone)
	sinceMidnight := time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute
	return h.Opens <= sinceMidnight && sinceMidnight < h.Closes
}
