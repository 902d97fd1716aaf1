package dev.kontor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.audit.chain.Verdict;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.privacy.keys.UnusableKeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The command that looks at a running Kontor's audit log from outside. */
@InventoryTest
class AuditVerificationTests {

    @Autowired
    AuditLog log;

    @Autowired
    JdbcClient jdbc;

    @Value("${kontor.database.url}")
    String database;

    @Value("${kontor.keys}")
    String keys;

    private Map<String, String> environment() {
        return new HashMap<>(
                Map.of("KONTOR_DATABASE_URL", database, "KONTOR_DATABASE_USER", "postgres", "KONTOR_KEYS", keys));
    }

    private Verdict sealed() {
        log.recordAtOnce(Act.of("test.done", "test", UUID.randomUUID()));
        await().until(() -> AuditVerification.verify(environment()).unsealed() == 0);
        return AuditVerification.verify(environment());
    }

    @Test
    void verifiesTheLogOfARunningKontor() {
        var verdict = sealed();

        assertThat(verdict.intact()).isTrue();
        assertThat(verdict.links()).isPositive();
        assertThat(AuditVerification.sentence(verdict))
                .startsWith("The audit log holds. ")
                .contains(verdict.links() + " entries are sealed")
                .endsWith("the head is " + verdict.head() + ".");
    }

    @Test
    void namesTheFirstLinkThatDoesNotHold() {
        var link = sealed().head().sequence();
        var action = action(link);
        change(link, "test.undone");
        try {
            var verdict = AuditVerification.verify(environment());

            assertThat(verdict.intact()).isFalse();
            assertThat(AuditVerification.sentence(verdict))
                    .startsWith(
                            "The audit log does not hold: the entry is not what Kontor wrote (ENTRY_CHANGED) at link "
                                    + link);
        } finally {
            change(link, action);
        }
    }

    private String action(long link) {
        return jdbc.sql("select action from audit.entries"
                        + " where id = (select entry from audit.links where sequence = ?)")
                .param(link)
                .query(String.class)
                .single();
    }

    private void change(long link, String action) {
        jdbc.sql("alter event trigger kontor_audit_definition disable").update();
        jdbc.sql("alter table audit.entries disable trigger all").update();
        jdbc.sql("update audit.entries set action = ? where id = (select entry from audit.links where sequence = ?)")
                .params(action, link)
                .update();
        jdbc.sql("alter table audit.entries enable always trigger entries_are_append_only")
                .update();
        jdbc.sql("alter event trigger kontor_audit_definition enable").update();
    }

    @Test
    void tellsThatTheEndIsNotWhatAnEarlierHeadSays() {
        var environment = environment();
        var head = sealed().head();
        environment.put("KONTOR_AUDIT_HEAD", head.toString());
        assertThat(AuditVerification.verify(environment).intact()).isTrue();

        environment.put("KONTOR_AUDIT_HEAD", (head.sequence() + 1_000_000) + ":" + head.hash());
        assertThat(AuditVerification.sentence(AuditVerification.verify(environment)))
                .contains("the chain ends before the head that was given (TAIL_REMOVED)");

        environment.put("KONTOR_AUDIT_HEAD", "the last one");
        assertThatThrownBy(() -> AuditVerification.verify(environment))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("KONTOR_AUDIT_HEAD must be a head");
    }

    @Test
    void saysWhereTheKeysAreMissing(@TempDir Path nothing) {
        var environment = environment();
        environment.put("KONTOR_KEYS", nothing.toString());
        assertThatThrownBy(() -> AuditVerification.verify(environment))
                .isInstanceOf(UnusableKeys.class)
                .hasMessageContaining("KONTOR_KEYS: " + nothing);
    }
}
