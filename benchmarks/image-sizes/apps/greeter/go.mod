module example.com/image-sizes/greeter

go 1.26.0
