package dev.kontor.faults;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

@WholeKontor
class CredentialFaultTests {

    /** So that there is a middle. */
    private static final int MANY = 1_200;

    @LocalServerPort
    int port;

    @Autowired
    Sandbox sandbox;

    @Autowired
    JdbcClient jdbc;

    private Seller seller;

    @BeforeEach
    void ask() {
        seller = Seller.asked(sandbox, Seller.administrator(port));
    }

    @AfterEach
    void calm() {
        sandbox.allegro().faults(Map.of());
        seller.disconnect();
    }

    @Test
    void asksTheSellerAgainWhenTheAnswerToHisConfirmationIsLost() {
        sandbox.allegro().faults(Map.of(Fault.ANSWER_LOST, 1.0));
        sandbox.allegro().confirm(seller.shown().path("userCode").asString(), seller.number());
        var lost = sandbox.counters().of("/allegro/auth/oauth/token", 0);
        Seller.waiting() // the first may have been on its way before he confirmed
                .until(() -> sandbox.counters().of("/allegro/auth/oauth/token", 0) >= lost + 2);
        sandbox.allegro().faults(Map.of());

        Seller.waiting().until(() -> seller.state().equals("EXPIRED"));
        assertThat(seller.shown().path("reason").asString()).contains("confirm again");

        seller.reauthorize().confirm().awaitTruth();
    }

    @Test
    void renewsAgainWhenTheAnswerToARenewalIsLost() {
        seller.confirm().awaitFeed().awaitTruth();
        var lost = sandbox.counters().of("/allegro/auth/oauth/token", 0);
        sandbox.allegro().faults(Map.of(Fault.ANSWER_LOST, 1.0));
        jdbc.sql("update accounts.credentials set renew_at = now() where account_id = ?")
                .param(seller.account())
                .update();
        jdbc.sql("""
                        update scheduled_tasks set execution_time = now()
                        where task_name = 'account-renewal' and task_instance = ?""").param(seller.account().toString()).update();
        Seller.waiting().until(() -> sandbox.counters().of("/allegro/auth/oauth/token", 0) > lost);
        var before = seller.shown().path("credentials").path("renewedAt").asString();
        sandbox.allegro().faults(Map.of());

        Seller.waiting()
                .until(() -> !seller.shown()
                        .path("credentials")
                        .path("renewedAt")
                        .asString()
                        .equals(before));

        assertThat(seller.state()).isEqualTo("ACTIVE");
        sandbox.advance(Duration.ofMinutes(5));
        seller.awaitTruth();
    }

    @Test
    void stopsWhenTheTokenIsRevokedInMidBackfillAndGoesOnOnceTheSellerConfirmsAgain() {
        sandbox.allegro().buy(seller.number(), MANY);
        archiveSlowly();
        try {
            seller.confirm();
            Seller.waiting().pollInterval(Duration.ofMillis(20)).until(() -> archived() > 0);
            sandbox.allegro().revokeTokens(seller.number());

            Seller.waiting().until(() -> seller.state().equals("DEACTIVATED"));
            Seller.waiting().until(() -> jobs() == 0);
        } finally {
            jdbc.sql("drop function dawdle cascade").update();
        }
        assertThat(archived()).isLessThan(MANY);
        assertThat(seller.backfill().path("state").asString()).isEqualTo("RUNNING");
        assertThat(seller.runs("renewal")).anySatisfy(run -> {
            assertThat(run.path("status").asString()).isEqualTo("FAILED");
            assertThat(run.path("error").asString()).contains("confirm again");
        });

        seller.reauthorize().confirm().awaitTruth();
    }

    /** So that whoever waits for the first orders sees them before the last ones are there. */
    private void archiveSlowly() {
        jdbc.sql("create function dawdle() returns trigger language plpgsql as"
                        + " $$ begin perform pg_sleep(0.01); return new; end $$")
                .update();
        jdbc.sql("create trigger dawdle before insert on orders.orders for each row execute function dawdle()")
                .update();
    }

    private long archived() {
        return jdbc.sql("select count(*) from orders.orders where account = ?")
                .param(seller.account())
                .query(Long.class)
                .single();
    }

    private int jobs() {
        return jdbc.sql("select count(*) from scheduled_tasks where task_name like 'orders-%' and task_instance = ?")
                .param(seller.account().toString())
                .query(Integer.class)
                .single();
    }
}
