module example.com/shop/apps/worker

go 1.26.0

require example.com/shop/libs/money v0.0.0

replace example.com/shop/libs/money => ../../libs/money
