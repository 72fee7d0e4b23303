module example.com/shop/libs/clock

go 1.26.0
