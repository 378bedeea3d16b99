# The server and the worker: one program, two commands.
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --package api --bin kommunity \
 && cp target/release/kommunity /usr/local/bin/kommunity

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/kommunity --create-home kommunity
COPY --from=build /usr/local/bin/kommunity /usr/local/bin/kommunity
USER kommunity
# Uploaded files, and mail where no SMTP server is set. Mount a volume here.
VOLUME /var/lib/kommunity
ENV KOMMUNITY_DATA_DIR=/var/lib/kommunity \
    KOMMUNITY_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=20s CMD ["kommunity", "health"]
ENTRYPOINT ["kommunity"]
CMD ["serve"]
