//go:build !linux

package main

// memoryLimit is known on Linux only, where the containers are.
func memoryLimit() string {
	return "unknown"
}
