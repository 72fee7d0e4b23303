// Command server greets over HTTP.
package main

import (
	"fmt"
	"log"
	"net/http"
)

func main() {
	http.HandleFunc("/", func(response http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(response, "Hello, World!")
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
