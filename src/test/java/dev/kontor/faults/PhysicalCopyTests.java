package dev.kontor.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import tools.jackson.databind.JsonNode;

import dev.kontor.FreePort;
import dev.kontor.HttpCaller;
import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.orders.Source;
import dev.kontor.orders.quarantine.Quarantine;
import dev.kontor.privacy.Vault;

import static org.assertj.core.api.Assertions.assertThat;

/** The database's files of before an erasure, together with the keys of after it: what was erased stays erased. */
class PhysicalCopyTests {

    @TempDir
    Path directory;

    private EmbeddedPostgres startDatabase(String files) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(FreePort.find())
                .setDataDirectory(directory.resolve(files))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    private ConfigurableApplicationContext startKontor(EmbeddedPostgres database, String marketplace) {
        return Kontors.start(
                marketplace,
                database.getJdbcUrl("postgres", "postgres"),
                "kontor.data=" + directory.resolve("data"),
                "kontor.keys=" + directory.resolve("keys"));
    }

    /** As somebody keeps it who stops the database and copies its files. */
    private void copyFiles(String from, String to) throws IOException {
        FileSystemUtils.copyRecursively(directory.resolve(from), directory.resolve(to));
        Files.setPosixFilePermissions(directory.resolve(to), PosixFilePermissions.fromString("rwx------"));
    }

    /** Two buyers: one will be erased, and the other shows that what was copied can be read. */
    private record Buyers(Person erased, Person other, UUID quarantined) {}

    private record Person(String order, String buyer, String marketplaceId, String email) {}

    @Test
    void showsNothingOfABuyerWhoWasErasedAfterItWasTaken() throws IOException {
        try (var sandbox = SandboxInitializer.start("orders=40", "sellers=1")) {
            Buyers buyers;
            Seller seller;
            try (var database = startDatabase("pg");
                    var kontor = startKontor(database, sandbox.baseUrl())) {
                seller = Kontors.connect(sandbox, kontor).awaitFeed().awaitTruth();
                buyers = look(kontor, seller);
                assertThat(isShown(kontor, buyers.erased())).isTrue();
            }
            copyFiles("pg", "copy");
            try (var database = startDatabase("pg");
                    var kontor = startKontor(database, sandbox.baseUrl())) {
                assertThat(caller(kontor)
                                .delete("/api/v1/buyers/" + buyers.erased().buyer())
                                .status())
                        .isEqualTo(200);
            }

            try (var database = startDatabase("copy")) {
                assertThat(ciphertexts(JdbcClient.create(database.getPostgresDatabase()), buyers.erased()))
                        .as("what was erased since is really in the copy")
                        .isPositive();
            }
            try (var database = startDatabase("copy");
                    var kontor = startKontor(database, sandbox.baseUrl())) {
                var vault = kontor.getBean(Vault.class);
                assertThat(isShown(kontor, buyers.other())).isTrue();

                Seller.waiting()
                        .untilAsserted(() -> assertThat(caller(kontor)
                                        .get("/api/v1/buyers/" + buyers.erased().buyer())
                                        .text("state"))
                                .isEqualTo("ERASED"));
                assertThat(isShown(kontor, buyers.erased())).isFalse();
                assertThat(vault.open(buyers.quarantined(), 1)).isEmpty();
                seller.at(caller(kontor)).certify(); // which reads everything again
                assertThat(isShown(kontor, buyers.erased())).isFalse();
                assertThat(ciphertexts(kontor.getBean(JdbcClient.class), buyers.erased()))
                        .isZero();
            }
        }
    }

    private static int ciphertexts(JdbcClient jdbc, Person person) {
        return jdbc.sql("select count(*) from privacy.deposits where buyer = ?::uuid and ciphertext is not null")
                .param(person.buyer())
                .query(Integer.class)
                .single();
    }

    private static HttpCaller caller(ConfigurableApplicationContext kontor) {
        return Seller.administrator(Kontors.port(kontor));
    }

    private static Buyers look(ConfigurableApplicationContext kontor, Seller seller) {
        var caller = caller(kontor);
        var people = seller.orders().stream()
                .map(order -> person(caller, order))
                .filter(it -> !it.email().isEmpty())
                .toList();
        var erased = people.getFirst();
        var other = people.stream()
                .filter(it -> !it.email().equals(erased.email()))
                .findFirst()
                .orElseThrow();
        return new Buyers(erased, other, quarantine(kontor, seller, erased));
    }

    private static Person person(HttpCaller caller, JsonNode order) {
        var id = order.path("id").asString();
        var buyer = document(caller, id).path("buyer");
        return new Person(
                id,
                order.path("buyer").asString(),
                buyer.path("id").asString(""),
                buyer.path("email").asString(""));
    }

    private static JsonNode document(HttpCaller caller, String order) {
        return caller.get("/api/v1/orders/" + order + "/document").json();
    }

    private static UUID quarantine(ConfigurableApplicationContext kontor, Seller seller, Person person) {
        var record = new UnreadableRecord(
                "order", "broken", "planted", "{\"email\":\"" + person.email() + "\"}", person.marketplaceId());
        kontor.getBean(TransactionTemplate.class)
                .executeWithoutResult(status -> kontor.getBean(Quarantine.class)
                        .take(new AccountId(seller.account()), List.of(record), Source.FEED));
        var id = UUID.fromString(seller.quarantine().getFirst().path("id").asString());
        assertThat(kontor.getBean(Vault.class).open(id, 1).toString()).contains(person.email());
        return id;
    }

    /** By the search, or in the document of his order. */
    private static boolean isShown(ConfigurableApplicationContext kontor, Person person) {
        var caller = caller(kontor);
        var found = caller.get("/api/v1/orders?q=" + person.email()).json().path("items");
        return !found.isEmpty() || document(caller, person.order()).toString().contains(person.email());
    }
}
