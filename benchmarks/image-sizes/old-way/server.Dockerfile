# As articles write it: stripped, non-root, and a stage for development with air.
FROM golang:1.26.8 AS base
WORKDIR /app
COPY . .

FROM base AS dev
RUN go install github.com/air-verse/air@v1.67.4
CMD ["air"]

FROM base AS build
RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o server .

FROM alpine:3.22 AS alpine
# The time zones that `apk add tzdata` would bring. Alpine has the certificates itself.
COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip
ENV ZONEINFO=/zoneinfo.zip
COPY --from=build /app/server /server
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["/server"]

FROM gcr.io/distroless/static-debian13:nonroot AS distroless
COPY --from=build /app/server /server
USER nonroot:nonroot
EXPOSE 8080
ENTRYPOINT ["/server"]
