# As articles write it: the same program on one base after another.
FROM golang:1.26.8 AS single
WORKDIR /app
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o ping .
EXPOSE 8080
CMD ["./ping"]

FROM debian:trixie-slim AS debian
COPY --from=single /app/ping /ping
EXPOSE 8080
CMD ["/ping"]

FROM alpine:3.22 AS alpine
COPY --from=single /app/ping /ping
EXPOSE 8080
CMD ["/ping"]

FROM gcr.io/distroless/static-debian13:nonroot AS distroless
COPY --from=single /app/ping /ping
EXPOSE 8080
CMD ["/ping"]

FROM scratch AS scratch
COPY --from=single /app/ping /ping
EXPOSE 8080
CMD ["/ping"]
