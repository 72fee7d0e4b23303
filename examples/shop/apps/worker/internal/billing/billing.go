// Package billing adds up orders.
package billing

import "example.com/shop/libs/money"

// Order is a number of pieces of one article.
type Order struct {
	Article string
	Pieces  int
	Each    money.Amount
}

// Total is what all orders cost together.
func Total(orders []Order) money.Amount {
	var total money.Amount
	for _, order := range orders {
		total += order.Each.Times(order.Pieces)
	}
	return total
}
