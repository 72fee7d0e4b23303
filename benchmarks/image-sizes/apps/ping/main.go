// Command ping is the first example of Gin's own documentation: a route that answers with JSON.
package main

import (
	"log"
	"net/http"

	"github.com/gin-gonic/gin"
)

func main() {
	router := gin.Default()
	router.GET("/ping", func(context *gin.Context) {
		context.JSON(http.StatusOK, gin.H{"message": "pong"})
	})
	log.Fatal(router.Run(":8080"))
}
