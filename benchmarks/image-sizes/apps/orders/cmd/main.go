// Command orders takes orders over HTTP and logs them as JSON.
package main

import (
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
	"go.uber.org/zap"
)

type order struct {
	Article  string `json:"article" binding:"required"`
	Quantity int    `json:"quantity" binding:"min=1"`
}

func main() {
	logger, err := zap.NewProduction()
	if err != nil {
		panic(err)
	}
	defer logger.Sync()

	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	if err := router(logger).Run(":" + port); err != nil {
		logger.Fatal("orders cannot listen", zap.Error(err))
	}
}

func router(logger *zap.Logger) *gin.Engine {
	router := gin.New()
	router.POST("/orders", func(context *gin.Context) {
		var order order
		if err := context.ShouldBindJSON(&order); err != nil {
			context.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
			return
		}
		logger.Info("order", zap.String("article", order.Article), zap.Int("quantity", order.Quantity))
		context.JSON(http.StatusCreated, order)
	})
	return router
}
