package main

import "testing"

func TestGreeting(t *testing.T) {
	if got := greeting("Gopher"); got != "Hello, Gopher!" {
		t.Fatal(got)
	}
}
