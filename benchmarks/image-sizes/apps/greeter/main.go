// Command greeter prints a greeting for each of its arguments.
package main

import (
	"fmt"
	"os"
)

func main() {
	names := os.Args[1:]
	if len(names) == 0 {
		names = []string{"World"}
	}
	for _, name := range names {
		fmt.Println(greeting(name))
	}
}

func greeting(name string) string {
	return "Hello, " + name + "!"
}
