module example.com/image-sizes/server

go 1.26.0
