# As articles write it, step by step: one stage, the program alone, stripped, packed.
FROM golang:1.26.8 AS single
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -o orders cmd/main.go
EXPOSE 8080
CMD ["./orders"]

FROM alpine:3.22 AS multi
WORKDIR /root/
COPY --from=single /app/orders .
EXPOSE 8080
CMD ["./orders"]

FROM single AS stripped
RUN CGO_ENABLED=0 go build -ldflags '-s -w' -o orders cmd/main.go

FROM alpine:3.22 AS strip
WORKDIR /root/
# The time zones that `apk add tzdata` would bring.
COPY --from=stripped /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip
ENV ZONEINFO=/zoneinfo.zip
COPY --from=stripped /app/orders .
EXPOSE 8080
CMD ["./orders"]

FROM stripped AS packed
RUN apt-get update && apt-get install -y upx-ucl && upx orders

FROM scratch AS upx
COPY --from=packed /app/orders /orders
EXPOSE 8080
CMD ["/orders"]
