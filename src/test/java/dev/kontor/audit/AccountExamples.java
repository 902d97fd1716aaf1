package dev.kontor.audit;

import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.HttpCaller;
import dev.kontor.accounts.Accounts.AccountView;

/** What sellers have connected, and the orders of it. */
final class AccountExamples extends RouteExamples {

    static final String MARKETPLACE_KEY = "seeded-marketplace-secret";

    private final AccountView shop;
    private final UUID orderId;
    private final JdbcClient jdbc;

    /** @param orderId whose buyer is erased in the end */
    AccountExamples(HttpCaller administrator, AccountView shop, UUID orderId, JdbcClient jdbc) {
        super(administrator);
        this.shop = shop;
        this.orderId = orderId;
        this.jdbc = jdbc;
        secrets().add(MARKETPLACE_KEY);
        accounts();
        orders();
    }

    private String waiting() {
        return administrator
                .post("/api/v1/accounts", Map.of("name", "Waits", "marketplace", "fake", "ownerId", UUID.randomUUID()))
                .text("id");
    }

    private String connected = "";

    private void accounts() {
        var key = Map.of("apiKey", MARKETPLACE_KEY, "siteId", "site-1");
        example("POST /api/v1/accounts", "account.connected", caller -> {
            var answer = caller.post(
                    "/api/v1/accounts",
                    Map.of("name", "Shop", "marketplace", "fake", "ownerId", UUID.randomUUID(), "credentials", key));
            connected = "/api/v1/accounts/" + answer.text("id");
            return answer;
        });
        example(
                "PATCH /api/v1/accounts/{id}",
                "account.renamed",
                caller -> caller.with("If-Match", "*").send("PATCH", connected, "{\"name\": \"My shop\"}"));
        example(
                "POST /api/v1/accounts/{id}/pause",
                "account.paused",
                caller -> caller.send("POST", connected + "/pause", null));
        example(
                "POST /api/v1/accounts/{id}/resume",
                "account.resumed",
                caller -> caller.send("POST", connected + "/resume", null));
        example(
                "POST /api/v1/accounts/{id}/reauthorize",
                "account.connected",
                caller -> caller.post(connected + "/reauthorize", Map.of("credentials", key)));
        example(
                "DELETE /api/v1/accounts/{id}",
                "account.disconnected",
                caller -> caller.delete("/api/v1/accounts/" + waiting()));
        example("POST /api/v1/hooks/{id}/retry", "delivery.retried", caller -> {
            var id = UUID.randomUUID();
            jdbc.sql("""
                            insert into accounts.deliveries (id, account_id, hint, subject, type, about, occurred_at, received_at,
                              state, attempts)
                            values (?, ?::uuid, 'told', 'ORDER', 'PLACED', 'x-1', now(), now(), 'FAILED', 9)""").params(id, waiting()).update();
            return caller.send("POST", "/api/v1/hooks/" + id + "/retry", null);
        });
    }

    private void orders() {
        var account = "/api/v1/accounts/" + shop.id();
        example(
                "PUT /api/v1/accounts/{id}/intervals",
                "intervals.set",
                caller ->
                        caller.send("PUT", account + "/intervals", "{\"seconds\": {\"feed\": 77, \"listings\": 99}}"));
        example("POST /api/v1/accounts/{id}/backfill/pause", "backfill.paused", caller -> {
            jdbc.sql("""
                            insert into orders.backfills (account, state, from_at, to_at, reached_at, read, active_millis,
                              started_at, version) values (?, 'RUNNING', now() - interval '1 day', now(), now(), 0, 0, now(), 1)""").param(shop.id().value()).update();
            return caller.send("POST", account + "/backfill/pause", null);
        });
        example(
                "POST /api/v1/accounts/{id}/backfill/resume",
                "backfill.resumed",
                caller -> caller.send("POST", account + "/backfill/resume", null));
        example(
                "POST /api/v1/accounts/{id}/rebuild",
                "orders.rebuilt",
                caller -> caller.send("POST", account + "/rebuild", null));
        example(
                "POST /api/v1/accounts/{id}/certificates/check",
                "certificate.asked-for",
                caller -> caller.send("POST", account + "/certificates/check", null));
        example(
                "POST /api/v1/quarantine/{id}/retry",
                "quarantined-record.retried",
                caller -> caller.send("POST", "/api/v1/quarantine/" + unreadable("x-1") + "/retry", null));
        example(
                "POST /api/v1/quarantine/{id}/acknowledge",
                "quarantined-record.acknowledged",
                caller -> caller.post(
                        "/api/v1/quarantine/" + unreadable("x-2") + "/acknowledge", Map.of("note", "It sold nothing")));
        example(
                "DELETE /api/v1/buyers/{id}",
                "buyer.erased",
                caller -> caller.delete("/api/v1/buyers/"
                        + jdbc.sql("select buyer from orders.orders where id = ?")
                                .param(orderId)
                                .query(UUID.class)
                                .single()));
    }

    private UUID unreadable(String order) {
        var id = UUID.randomUUID();
        jdbc.sql("""
                        insert into orders.quarantine (id, account, kind, external_id, fingerprint, reason, source,
                          first_seen_at, last_tried_at, tries)
                        values (:id, :account, 'ORDER', :order, sha256(:order::bytea), 'unreadable', 'FEED', now(), now(), 3)""")
                .param("id", id)
                .param("account", shop.id().value())
                .param("order", order)
                .update();
        return id;
    }
}
