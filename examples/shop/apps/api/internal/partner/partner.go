// Package partner talks to the payment partner over HTTPS.
package partner

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Client reaches the partner at URL. Its certificate is checked against the roots of the system.
type Client struct {
	URL string
}

// Check asks the partner whether it is there.
func (c Client) Check(ctx context.Context) error {
	if c.URL == "" {
		return errors.New("PAYMENTS_URL is not set")
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.URL, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		return fmt.Errorf("%s answers %s", c.URL, response.Status)
	}
	return nil
}
