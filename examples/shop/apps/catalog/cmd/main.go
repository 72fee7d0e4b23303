// Command catalog serves what the shop sells, and whether it is open.
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

	"example.com/shop/apps/catalog/internal/catalog"
	"example.com/shop/libs/clock"
)

func main() {
	hours, err := clock.In(cmp.Or(os.Getenv("SHOP_ZONE"), "Europe/Lisbon"), 9*time.Hour, 18*time.Hour)
	if err != nil {
		slog.Error("SHOP_ZONE", "error", err)
		os.Exit(2)
	}
	articles, err := catalog.Load()
	if err != nil {
		slog.Error("catalogue", "error", err)
		os.Exit(1)
	}

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	server := &http.Server{Addr: ":" + cmp.Or(os.Getenv("PORT"), "8081"), Handler: catalog.Handler(articles, hours, time.Now)}
	go func() {
		<-ctx.Done()
		timeout, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = server.Shutdown(timeout)
	}()

	slog.Info("catalog listens", "address", server.Addr)
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		slog.Error("catalog failed", "error", err)
		os.Exit(1)
	}
	slog.Info("catalog stopped")
}
