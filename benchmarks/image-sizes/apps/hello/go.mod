module example.com/image-sizes/hello

go 1.26.0
