// Command api takes orders over HTTP.
package main

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/shop/apps/api/internal/partner"
	"example.com/shop/apps/api/internal/routes"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()

	payments := partner.Client{URL: os.Getenv("PAYMENTS_URL")}
	server := &http.Server{Addr: ":" + cmp.Or(os.Getenv("PORT"), "8080"), Handler: routes.New(payments, time.Now)}
	if err := run(ctx, server); err != nil {
		slog.Error("api failed", "error", err)
		os.Exit(1)
	}
	slog.Info("api stopped")
}

// run serves until the context ends, then lets the requests under way finish.
func run(ctx context.Context, server *http.Server) error {
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	slog.Info("api listens", "address", server.Addr)

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		timeout, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		return server.Shutdown(timeout)
	}
}
