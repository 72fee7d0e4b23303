// Package catalog holds the articles of the shop, compiled into the binary.
package catalog

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"example.com/shop/libs/clock"
	"example.com/shop/libs/money"
)

//go:embed articles.json
var articlesJSON []byte

// Article is one thing that the shop sells.
type Article struct {
	Name  string       `json:"name"`
	Price money.Amount `json:"price"`
}

// Load reads the embedded catalogue.
func Load() ([]Article, error) {
	var entries []struct {
		Name  string
		Cents int64
	}
	if err := json.Unmarshal(articlesJSON, &entries); err != nil {
		return nil, fmt.Errorf("articles.json: %w", err)
	}
	articles := make([]Article, 0, len(entries))
	for _, entry := range entries {
		articles = append(articles, Article{Name: entry.Name, Price: money.Amount(entry.Cents)})
	}
	return articles, nil
}

// Handler answers with the articles, and with whether the shop is open now.
func Handler(articles []Article, hours clock.Hours, now func() time.Time) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /articles", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, articles)
	})
	mux.HandleFunc("GET /open", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, map[string]any{"open": hours.Open(now()), "zone": hours.Zone.String()})
	})
	return mux
}

func writeJSON(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value)
}
