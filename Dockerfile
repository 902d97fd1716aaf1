# syntax=docker/dockerfile:1

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
# The tests ran before; they are compiled here because they write the module documentation.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -q -B -DskipTests package \
    && java -Djarmode=tools -jar target/kontor-*.jar extract --layers --destination layers --application-filename kontor.jar

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin kontor \
    && install -d -o kontor -g kontor -m 0700 /var/lib/kontor /var/lib/kontor-keys
WORKDIR /opt/kontor
# What changes rarely comes first, so that a new version of Kontor is one small layer.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
USER kontor
ENV KONTOR_PORT=8080 \
    KONTOR_DATA=/var/lib/kontor \
    KONTOR_KEYS=/var/lib/kontor-keys
VOLUME ["/var/lib/kontor", "/var/lib/kontor-keys"]
EXPOSE 8080
# bash speaks TCP by itself, so that the image needs no HTTP client.
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=6 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$KONTOR_PORT && printf 'GET /actuator/health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
    "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "kontor.jar"]
