package dev.kontor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.inventory.proof.Proof;
import dev.kontor.inventory.proof.Proof.Verdict;

/**
 * {@code ./mvnw -q compile exec:exec@prove-ledger}: adds up the movements of a Kontor that may be running, from the first
 * one on, without asking it. Ends with 0 where they come to its stock to the byte, with 1 where they do not, and with 2
 * where there is nothing to look at.
 */
final class LedgerProof {

    private LedgerProof() {}

    static void main() {
        try {
            var verdict = prove(System.getenv());
            System.out.println(sentence(verdict));
            System.exit(verdict.proven() ? 0 : 1);
        } catch (WrongSetting e) {
            System.out.println(e.getMessage());
        } catch (DataAccessException | TransactionException e) {
            System.out.println("The database of Kontor cannot be read: "
                    + e.getMostSpecificCause().getMessage());
        }
        System.exit(2);
    }

    static Verdict prove(Map<String, String> environment) {
        var source = source(environment);
        var transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        transaction.setReadOnly(true);
        var proof = new Proof(new JdbcTemplate(source), Clock.systemUTC());
        return Objects.requireNonNull(transaction.execute(status -> proof.prove()));
    }

    static String sentence(Verdict verdict) {
        var first = verdict.first();
        return first == null
                ? "Proven: %d movements add up to %d positions, both have the SHA-256 %s."
                        .formatted(verdict.movements(), verdict.positions(), verdict.foldedHash())
                : "Not proven: of %d positions and %d movements %d differ, first %s, which is %s and should be %s."
                        .formatted(
                                verdict.positions(),
                                verdict.movements(),
                                verdict.differences(),
                                first.where(),
                                first.found(),
                                first.expected());
    }

    static DriverManagerDataSource source(Map<String, String> environment) {
        var given = environment.getOrDefault("KONTOR_DATABASE_URL", "");
        if (given.isBlank()) {
            var data = Path.of(environment.getOrDefault("KONTOR_DATA", "./data"));
            return new DriverManagerDataSource(embedded(data), "postgres", "");
        }
        var url = DatabaseUrl.parse(given);
        return new DriverManagerDataSource(
                url.jdbc(),
                Objects.requireNonNullElse(url.user(), environment.getOrDefault("KONTOR_DATABASE_USER", "")),
                Objects.requireNonNullElse(url.password(), environment.getOrDefault("KONTOR_DATABASE_PASSWORD", "")));
    }

    /** Of the database that Kontor brings, while it is running. */
    static String embedded(Path data) {
        try {
            var port = Integer.parseInt(Files.readAllLines(data.resolve("pg").resolve("postmaster.pid"))
                    .get(3)
                    .trim()); // by PostgreSQL's miscadmin.h the fourth line
            return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        } catch (IOException | RuntimeException e) {
            throw new WrongSetting("KONTOR_DATA: no Kontor is running on "
                    + data.toAbsolutePath().normalize()
                    + "; start it, or name its KONTOR_DATA or KONTOR_DATABASE_URL.");
        }
    }
}
