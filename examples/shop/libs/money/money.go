// Package money counts in cents, so that prices add up.
package money

import (
	"encoding/json"
	"fmt"
)

// Amount is a sum of money in cents.
type Amount int64

// Times is the price of n pieces.
func (a Amount) Times(n int) Amount {
	return a * Amount(n)
}

// String writes the amount as a price: 12.50.
func (a Amount) String() string {
	sign := ""
	if a < 0 {
		sign, a = "-", -a
	}
	return fmt.Sprintf("%s%d.%02d", sign, a/100, a%100)
}

// MarshalJSON writes cents and price, so that no reader has to divide.
func (a Amount) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Cents int64  `json:"cents"`
		Price string `json:"price"`
	}{int64(a), a.String()})
}
