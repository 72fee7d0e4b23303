package main

import (
	"os"
	"strings"
)

// memoryLimit is what the container may use, as the kernel says it.
func memoryLimit() string {
	limit, err := os.ReadFile("/sys/fs/cgroup/memory.max")
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(limit))
}
