package dev.kontor.access;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.HttpCaller;
import dev.kontor.Kontor;
import dev.kontor.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class TwoInstancesTests {

    @TempDir
    Path directory;

    final String database = TestDatabase.create();

    @Test
    void createOneAdministratorAndHonourEachOthersTokens(CapturedOutput output) throws Exception {
        Callable<ConfigurableApplicationContext> one = () -> start("first");
        Callable<ConfigurableApplicationContext> two = () -> start("second");
        try (var threads = Executors.newFixedThreadPool(2)) {
            var contexts = threads.invokeAll(List.of(one, two)).stream()
                    .map(Future::resultNow)
                    .toList();
            try (var first = contexts.get(0);
                    var second = contexts.get(1)) {
                verify(first, second, output);
            }
        }
    }

    private void verify(
            ConfigurableApplicationContext first, ConfigurableApplicationContext second, CapturedOutput output) {
        assertThat(first.getBean(JdbcClient.class)
                        .sql("select count(*) from access.users")
                        .query(Long.class)
                        .single())
                .isOne();
        var files = List.of(directory.resolve("first"), directory.resolve("second")).stream()
                .map(path -> GeneratedPassword.in(path.toString()))
                .filter(password -> Files.exists(password.file()))
                .toList();
        assertThat(files).hasSize(1);
        var password = files.getFirst().read();
        assertThat(output.getOut().split(password, -1)).as("printed once").hasSize(2);

        var onFirst = HttpCaller.nobody(port(first)).login("administrator", password);
        var onSecond = new HttpCaller(port(second), onFirst.headers());
        assertThat(onSecond.get("/api/v1/auth/me").status()).isEqualTo(200);
        onFirst.post("/api/v1/key-sets/access-tokens/rotations", "");
        var fresh = HttpCaller.nobody(port(first)).login("administrator", password);
        assertThat(new HttpCaller(port(second), fresh.headers())
                        .get("/api/v1/auth/me")
                        .status())
                .as("of a key that the second has not seen")
                .isEqualTo(200);
        assertThat(onSecond.get("/api/v1/auth/me").status())
                .as("of the old key")
                .isEqualTo(200);
        honourEachOthersKeys(onFirst, onSecond);
        onFirst.post("/api/v1/auth/logout", "");
        assertThat(onFirst.get("/api/v1/auth/me").status()).isEqualTo(401);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(onSecond.get("/api/v1/auth/me").status()).isEqualTo(401));
    }

    private static void honourEachOthersKeys(HttpCaller onFirst, HttpCaller onSecond) {
        var key = onFirst.post("/api/v1/api-keys", Map.of("name", "both", "scopes", List.of("orders:read")));
        var program = HttpCaller.nobody(onSecond.port()).withKey(key.text("key"));
        assertThat(program.get("/api/v1/orders").status()).isEqualTo(200);
        var rotation = "/api/v1/api-keys/" + key.text("id") + "/rotate";
        var once = Map.of("overlapHours", 0);
        var rotated = onFirst.with("Idempotency-Key", "once").post(rotation, once);
        assertThat(rotated.status()).isEqualTo(201);
        assertThat(onSecond.with("Idempotency-Key", "once").post(rotation, once).status())
                .as("the same request at the other one")
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(program.get("/api/v1/orders").status()).isEqualTo(401));
        assertThat(HttpCaller.nobody(onSecond.port())
                        .withKey(rotated.text("key"))
                        .get("/api/v1/orders")
                        .status())
                .isEqualTo(200);
    }

    private ConfigurableApplicationContext start(String data) {
        return new SpringApplicationBuilder(Kontor.class)
                .web(WebApplicationType.SERVLET)
                .run(
                        "--server.port=0",
                        "--kontor.database.url=" + database,
                        "--kontor.database.user=postgres",
                        "--kontor.database.password=postgres",
                        "--kontor.sandbox.enabled=false",
                        "--spring.datasource.hikari.maximum-pool-size=6",
                        "--kontor.data=" + directory.resolve(data),
                        "--kontor.keys=" + directory.resolve("keys"));
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
