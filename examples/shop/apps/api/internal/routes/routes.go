// Package routes says what the API answers.
package routes

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"example.com/shop/apps/api/internal/partner"
	"example.com/shop/libs/clock"
	"example.com/shop/libs/money"
)

type order struct {
	Article string       `json:"article" binding:"required"`
	Pieces  int          `json:"pieces" binding:"min=1"`
	Cents   money.Amount `json:"cents" binding:"min=1"`
}

// New gives the handler of all routes.
func New(payments partner.Client, now func() time.Time) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.Use(gin.Recovery())
	router.GET("/healthz", func(c *gin.Context) { c.Status(http.StatusNoContent) })
	router.POST("/orders", takeOrder)
	router.GET("/hours", hours(now))
	router.GET("/payments", checkPayments(payments))
	return router
}

func takeOrder(c *gin.Context) {
	var order order
	if err := c.ShouldBindJSON(&order); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
		return
	}
	c.JSON(http.StatusCreated, gin.H{"article": order.Article, "total": order.Cents.Times(order.Pieces)})
}

// hours says whether the shop in a time zone is open: /hours?zone=Asia/Tokyo
func hours(now func() time.Time) gin.HandlerFunc {
	return func(c *gin.Context) {
		shop, err := clock.In(c.DefaultQuery("zone", "Europe/Lisbon"), 9*time.Hour, 18*time.Hour)
		if err != nil {
			c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
			return
		}
		at := now()
		c.JSON(http.StatusOK, gin.H{"open": shop.Open(at), "localTime": at.In(shop.Zone).Format(time.RFC3339)})
	}
}

func checkPayments(payments partner.Client) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := payments.Check(c.Request.Context()); err != nil {
			c.JSON(http.StatusBadGateway, gin.H{"reachable": false, "error": err.Error()})
			return
		}
		c.JSON(http.StatusOK, gin.H{"reachable": true})
	}
}
