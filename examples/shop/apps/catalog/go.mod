module example.com/shop/apps/catalog

go 1.26.0

require (
	example.com/shop/libs/clock v0.0.0
	example.com/shop/libs/money v0.0.0
)

replace example.com/shop/libs/clock => ../../libs/clock

replace example.com/shop/libs/money => ../../libs/money
