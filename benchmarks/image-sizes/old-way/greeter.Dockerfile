# As articles write it: a stage for each purpose, picked by --target.
FROM golang:1.26.8 AS single
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -o greeter .
CMD ["./greeter"]

FROM single AS test
CMD ["go", "test", "./..."]

FROM single AS debug
RUN go install github.com/go-delve/delve/cmd/dlv@v1.27.2
CMD ["dlv", "debug", "--headless", "--listen=:2345", "--api-version=2"]

FROM single AS dev
RUN go install github.com/air-verse/air@v1.67.4
CMD ["air"]

FROM alpine:3.22 AS alpine
COPY --from=single /app/greeter /greeter
CMD ["/greeter"]
