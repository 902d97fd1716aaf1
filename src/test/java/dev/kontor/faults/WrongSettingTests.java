package dev.kontor.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.kontor.Kontor;
import dev.kontor.TestDatabase;
import dev.kontor.privacy.keys.CredentialKeySet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Whatever is set wrongly, the start ends with one sentence that names the setting, and with no stack trace. */
@ExtendWith(OutputCaptureExtension.class)
class WrongSettingTests {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    kontor.database.url=mysql://somewhere/kontor            | KONTOR_DATABASE_URL
                    kontor.database.url=not a url                           | KONTOR_DATABASE_URL
                    kontor.database.url=postgresql://nobody:pw-not-to-show@localhost:1/kontor | KONTOR_DATABASE_URL
                    server.port=seventy                                     | KONTOR_PORT
                    server.port=70000                                       | KONTOR_PORT
                    kontor.database.requests.maximum-pool-size=many         | KONTOR_DATABASE_REQUESTS_MAXIMUM_POOL_SIZE
                    kontor.database.requests.maximum-pool-size=0            | KONTOR_DATABASE_REQUESTS_MAXIMUM_POOL_SIZE
                    kontor.redis.url=no url at all                          | KONTOR_REDIS_URL
                    kontor.allegro.api-url=ht tp://nowhere                  | KONTOR_ALLEGRO_API_URL
                    kontor.wix.webhook.key=no key at all                    | KONTOR_WIX_WEBHOOK_KEY
                    kontor.sandbox.port=seventy                             | KONTOR_SANDBOX_PORT
                    kontor.sandbox.enabled=perhaps                          | KONTOR_SANDBOX_ENABLED
                    kontor.administrator.password=short                     | KONTOR_ADMINISTRATOR_PASSWORD
                    kontor.passwords.breached=/no/such/file                 | KONTOR_PASSWORDS_BREACHED
                    kontor.access-tokens.rotation=0s                        | KONTOR_ACCESS_TOKENS_ROTATION
                    kontor.api.limits.key=many                              | KONTOR_API_LIMITS_KEY
                    kontor.api.limits.user=-1                               | KONTOR_API_LIMITS_USER
                    server.forward-headers-strategy=perhaps                 | KONTOR_FORWARDED_HEADERS
                    kontor.notifications.webhooks.timeout=soon              | KONTOR_NOTIFICATIONS_WEBHOOKS_TIMEOUT
                    kontor.orders.interval.feed=often                       | KONTOR_ORDERS_INTERVAL_FEED
                    kontor.orders.loops.allegro.feed=perhaps                | KONTOR_ORDERS_LOOPS_ALLEGRO_FEED
                    kontor.orders.loops.allegro.feet=false                  | KONTOR_ORDERS_LOOPS_ALLEGRO_FEET
                    kontor.orders.loops.alegro.feed=false                   | KONTOR_ORDERS_LOOPS_ALEGRO_FEED
                    kontor.orders.loops.allegro.feed.enabled=false          | KONTOR_ORDERS_LOOPS_ALLEGRO_FEED_ENABLED
                    """)
    void stopsWithASentenceThatNamesTheSetting(String setting, String name, CapturedOutput output) {
        assertRefused(output, name, setting);
        assertThat(output.getAll()).doesNotContain("pw-not-to-show");
    }

    @Test
    void namesThePortThatIsInUse(CapturedOutput output) throws IOException {
        try (var taken = new ServerSocket(0)) {
            assertRefused(output, "KONTOR_PORT", "server.port=" + taken.getLocalPort());
        }
    }

    @Test
    void namesTheSandboxPortThatIsInUse(CapturedOutput output) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertRefused(
                    output,
                    "KONTOR_SANDBOX_PORT",
                    "kontor.sandbox.enabled=true",
                    "kontor.sandbox.port=" + taken.getLocalPort());
        }
    }

    @Test
    void namesADataDirectoryThatCannotBeUsed(CapturedOutput output) throws IOException {
        var file = Files.createFile(directory.resolve("file"));

        assertRefused(output, "KONTOR_DATA", "kontor.data=" + file);
    }

    @Test
    void namesAnEmbeddedDatabaseWhoseDirectoryCannotBeUsed(CapturedOutput output) throws IOException {
        var file = Files.createFile(directory.resolve("file"));

        assertRefused(output, "KONTOR_DATA", "kontor.database.url=", "kontor.data=" + file);
    }

    @Test
    void namesTheKeysThatCannotOpenTheData(CapturedOutput output) {
        var database = "kontor.database.url=" + TestDatabase.create();
        run(database, "kontor.keys=" + directory.resolve("keys")).close();

        assertRefused(output, "KONTOR_KEYS", database, "kontor.keys=" + directory.resolve("others"));
    }

    @Test
    void namesAKeySetFromBeforeItsLastRotation(CapturedOutput output) throws IOException {
        var database = "kontor.database.url=" + TestDatabase.create();
        var keys = directory.resolve("keys");
        var old = directory.resolve("old");
        try (var kontor = run(database, "kontor.keys=" + keys)) {
            Files.createDirectories(old);
            try (var files = Files.list(keys)) {
                for (var file : files.toList()) {
                    Files.copy(file, old.resolve(file.getFileName()));
                }
            }
            var keySet = kontor.getBean(CredentialKeySet.class);
            keySet.rotate();
            Seller.waiting()
                    .until(() -> keySet.list().stream()
                            .allMatch(key -> key.primary() || key.needed().isEmpty()));
        }

        assertRefused(output, "KONTOR_KEYS", database, "kontor.keys=" + old);
        assertThat(output.getAll()).contains("an older copy");

        run(database, "kontor.keys=" + keys).close();
    }

    @Test
    void endsWithAnExitCodeWhereItsKeysCannotOpenTheData() {
        var database = TestDatabase.create();
        run("kontor.database.url=" + database, "kontor.keys=" + directory.resolve("keys"))
                .close();
        try (var kontor = KontorProcess.start(
                directory.resolve("process.log"),
                Map.of(),
                "kontor.sandbox.enabled=false",
                "server.port=0",
                "kontor.database.url=" + database,
                "kontor.database.user=postgres",
                "kontor.data=" + directory.resolve("data-of-the-process"),
                "kontor.keys=" + directory.resolve("others"))) {
            assertThat(kontor.awaitEnd()).isNotZero();
            assertThat(kontor.output()).contains("KONTOR_KEYS: ").doesNotContain("\tat ");
        }
    }

    private void assertRefused(CapturedOutput output, String name, String... settings) {
        var failure = catchThrowable(() -> run(settings).close());

        assertThat(failure).as(String.join(" ", settings)).isNotNull();
        var report = report(output.getAll());
        assertThat(report).contains(name).matches("(?s)[^\\n]*[.]\\n?").doesNotContain("\tat ", "Exception");
        assertThat(output.getAll()).doesNotContain("\tat ");
    }

    /** What the person who started it reads under "Description". */
    private static String report(String output) {
        var begin = output.indexOf("Description:");
        assertThat(begin).as(output).isNotNegative();
        var action = output.indexOf("Action:", begin);
        return output.substring(begin + "Description:".length(), action < 0 ? output.length() : action)
                .strip();
    }

    private org.springframework.context.ConfigurableApplicationContext run(String... settings) {
        var all = new ArrayList<>(List.of(
                "--kontor.data=" + directory.resolve("data-" + UUID.randomUUID()),
                "--kontor.sandbox.enabled=false",
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.datasource.hikari.connection-timeout=2000"));
        if (List.of(settings).stream().noneMatch(it -> it.startsWith("kontor.database.url"))) {
            all.add("--kontor.database.url=" + TestDatabase.create());
        }
        all.add("--kontor.database.user=postgres");
        List.of(settings).forEach(setting -> {
            all.removeIf(it -> it.startsWith("--" + setting.substring(0, setting.indexOf('=') + 1)));
            all.add("--" + setting);
        });
        return new SpringApplicationBuilder(Kontor.class).run(all.toArray(String[]::new));
    }
}
