# As articles write it: one stage, then the program alone on alpine.
FROM golang:1.26.8-alpine AS single
WORKDIR /app
COPY . .
RUN go build -o hello .
CMD ["./hello"]

FROM alpine:3.22 AS alpine
COPY --from=single /app/hello /hello
CMD ["/hello"]
