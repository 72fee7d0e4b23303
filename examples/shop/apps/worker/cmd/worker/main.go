// Command worker bills the orders of a shop, one batch after another, until it is told to stop.
package main

import (
	"cmp"
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/shop/apps/worker/internal/billing"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()

	interval, err := time.ParseDuration(cmp.Or(os.Getenv("INTERVAL"), "10s"))
	if err != nil {
		slog.Error("INTERVAL is not a duration", "error", err)
		os.Exit(2)
	}

	slog.Info("worker started", "interval", interval, "memoryLimit", memoryLimit())
	orders := []billing.Order{{Article: "tea", Pieces: 3, Each: 450}, {Article: "cup", Pieces: 2, Each: 1200}}
	for {
		slog.Info("batch billed", "orders", len(orders), "total", billing.Total(orders).String())
		select {
		case <-ctx.Done():
			slog.Info("worker stopped")
			return
		case <-time.After(interval):
		}
	}
}
