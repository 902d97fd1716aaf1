package dev.kontor;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;

import dev.kontor.audit.chain.Head;
import dev.kontor.audit.chain.Verdict;
import dev.kontor.audit.chain.Verification;
import dev.kontor.privacy.keys.AuditKey;
import dev.kontor.privacy.keys.UnusableKeys;

/**
 * {@code ./mvnw -q compile exec:exec@verify-audit}: goes over the audit log of a Kontor that may be running, without asking
 * it. {@code KONTOR_AUDIT_HEAD} is a head that an earlier verification told. Ends with 0 where the log holds, with 1 where
 * it does not, and with 2 where there is nothing to look at.
 */
final class AuditVerification {

    private AuditVerification() {}

    static void main() {
        try {
            var verdict = verify(System.getenv());
            System.out.println(sentence(verdict));
            System.exit(verdict.intact() ? 0 : 1);
        } catch (WrongSetting | UnusableKeys e) {
            System.out.println(e.getMessage());
        } catch (DataAccessException | TransactionException e) {
            System.out.println("The database of Kontor cannot be read: "
                    + e.getMostSpecificCause().getMessage());
        }
        System.exit(2);
    }

    static Verdict verify(Map<String, String> environment) {
        var known = environment.getOrDefault("KONTOR_AUDIT_HEAD", "").strip();
        var head = known.isEmpty() ? null : head(known);
        var source = LedgerProof.source(environment);
        var transactions = new JdbcTransactionManager(source);
        var data = environment.getOrDefault("KONTOR_DATA", "./data");
        var keys = Path.of(environment.getOrDefault("KONTOR_KEYS", data + "/keys"));
        var key = AuditKey.in(keys, JdbcClient.create(source), transactions);
        return Verification.of(new JdbcTemplate(source), key, transactions, Clock.systemUTC())
                .verify(head);
    }

    private static Head head(String text) {
        try {
            return Head.parse(text);
        } catch (IllegalArgumentException e) {
            throw new WrongSetting("KONTOR_AUDIT_HEAD " + e.getMessage() + ".");
        }
    }

    static String sentence(Verdict verdict) {
        var first = verdict.first();
        var rest = " %d entries are sealed, %d not yet; the head is %s."
                .formatted(verdict.links(), verdict.unsealed(), verdict.head());
        return first == null
                ? "The audit log holds." + rest
                : "The audit log does not hold: %s (%s) at link %s, entry %s, and %d in all.%s"
                        .formatted(
                                first.kind().meaning(),
                                first.kind(),
                                first.sequence(),
                                first.entry(),
                                verdict.broken(),
                                rest);
    }
}
