// Apps on a shared library, in one module: small HTTP servers, as the standard library makes them.

/**
 * @param {number} count of apps
 * @returns {Map<string, string>} texts by path
 */
export function appsWorkspace(count) {
  return new Map([
    ['go.mod', 'module example.com/acme\n\ngo 1.26.0\n\ntoolchain go1.26.8\n'],
    [LIBRARY, library(0)],
    ...appNames(count).flatMap((name) => [
      [`apps/${name}/main.go`, app(name, 0)],
      [`apps/${name}/project.json`, `${JSON.stringify({ name, targets: EMPTY }, undefined, 2)}\n`],
    ]),
  ]);
}

export const appNames = (count) =>
  Array.from({ length: count }, (_, at) => `app${String(at + 1).padStart(2, '0')}`);

export const LIBRARY = 'libs/shared/shared.go';

/** For what Nx itself takes for as many tasks that do nothing, with the process that any executor has, and without one, as for tasks from its cache. */
const EMPTY = { empty: { executor: 'empty-plugin:nothing' }, unstarted: { executor: 'nx:noop' } };

/** @param {number} change Another number is a change of one line that reaches the program of every app. */
export const library = (change) => `// Package shared is used by every app.
package shared

import (
	"encoding/json"
	"log/slog"
	"net/http"
)

// Release is what every app tells of itself.
const Release = ${change}

// Serve answers every request with a value.
func Serve(name string, value any) error {
	slog.Info("serving", "name", name, "release", Release)
	return http.ListenAndServe(":8080", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{"name": name, "release": Release, "value": value})
	}))
}
`;

/** @param {number} change As of {@link library}, for this app alone. */
export const app = (name, change) => `package main

import (
	"fmt"
	"os"

	"example.com/acme/libs/shared"
)

const change = ${change}

func main() {
	if err := shared.Serve("${name}", change); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
`;
