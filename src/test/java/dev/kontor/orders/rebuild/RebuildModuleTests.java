package dev.kontor.orders.rebuild;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.ShopFixture;
import dev.kontor.orders.archive.OrderDocuments;
import dev.kontor.orders.backfill.Backfill;
import dev.kontor.orders.loops.Run;
import dev.kontor.privacy.Vault;

import static org.assertj.core.api.Assertions.assertThat;

class RebuildModuleTests extends ShopFixture {

    private static final UUID START = new UUID(0, 0);

    @Autowired
    Rebuild rebuild;

    @Autowired
    Backfill backfill;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    OrderDocuments documents;

    @Autowired
    Vault vault;

    @BeforeEach
    void archiveTwoOrders() {
        shop.placeSilently(FakeOrder.anOrder("o-1", yesterday()));
        shop.placeSilently(FakeOrder.anOrder("o-2", yesterday()));
        follow();
        backfill.run(account, new Run());
    }

    private Instant yesterday() {
        return clock.instant().minusSeconds(86_400);
    }

    /** As an older Kontor may have understood the same document. */
    private void misunderstand() {
        var order = archive.get(account, "o-1").id().value();
        jdbc.sql("update orders.orders set status = 'UNKNOWN', total = 1 where id = ?")
                .param(order)
                .update();
        jdbc.sql("delete from orders.lines where order_id = ?").param(order).update();
        jdbc.sql("delete from orders.words where order_id = ? and not personal")
                .param(order)
                .update();
    }

    @Test
    void findsNothingWhereNothingDiffers() {
        assertThat(rebuild.compare(account, START, 100).differences()).isEmpty();
    }

    @Test
    void showsWhatWouldChangeAndChangesNothing() {
        misunderstand();

        var differences = rebuild.compare(account, START, 100).differences();

        assertThat(differences).extracting(Difference::field).containsExactlyInAnyOrder("status", "total", "lines");
        assertThat(archive.get(account, "o-1").status()).isEqualTo(OrderStatus.UNKNOWN);
    }

    @Test
    void makesOrdersAnewFromTheirDocuments() {
        misunderstand();
        assertThat(archive.found(account, "SKU-1")).containsExactly("o-2");

        rebuild.apply(account, START, 100);

        assertThat(archive.get(account, "o-1").status()).isEqualTo(OrderStatus.READY);
        assertThat(archive.get(account, "o-1").lines()).hasSize(1);
        assertThat(archive.found(account, "SKU-1")).containsExactly("o-1", "o-2");
        assertThat(archive.found(account, "anna nowak")).containsExactly("o-1", "o-2");
        assertThat(rebuild.compare(account, START, 100).differences()).isEmpty();
    }

    /** As an older Kontor left it, which did not know the field to be personal. */
    private void exposeAFormerVersionToo() {
        shop.change("o-1", order -> order.withStatus("SHIPPED"));
        sync();
        expose(
                "orders.orders",
                "account = ? and external_id = 'o-1'",
                account.id().value());
        expose(
                "orders.revisions",
                "order_id = ?",
                archive.get(account, "o-1").id().value());
    }

    private void expose(String table, String condition, UUID id) {
        var exposed = jdbc.sql("update %s set document = jsonb_set(document, '{doorbell}', '\"Nowak\"') where %s"
                        .formatted(table, condition))
                .param(id)
                .update();
        assertThat(exposed).isOne();
    }

    private String kept() {
        return jdbc.sql("""
                        select string_agg(document, '') from (
                          select document::text from orders.orders where account = :account
                          union all select r.document::text from orders.revisions r
                            join orders.orders o on o.id = r.order_id where o.account = :account) documents""")
                .param("account", account.id().value())
                .query(String.class)
                .single();
    }

    @Test
    void hidesWhatIsKnownToBePersonalNow() {
        exposeAFormerVersionToo();
        var order = archive.get(account, "o-1").id();
        var found = rebuild.compare(account, START, 100).differences();
        assertThat(found)
                .extracting(Difference::archived)
                .containsExactlyInAnyOrder("version 1 shows [/doorbell]", "version 2 shows [/doorbell]");
        assertThat(kept()).contains("Nowak");

        rebuild.apply(account, START, 100);

        assertThat(kept()).doesNotContain("Nowak");
        assertThat(rebuild.compare(account, START, 100).differences()).isEmpty();
        assertThat(documents.whole(order).orElseThrow().path("doorbell").asString())
                .isEqualTo("Nowak");
        assertThat(documents.whole(order).orElseThrow().at("/buyer/name").asString())
                .isEqualTo("Anna Nowak");
    }

    @Test
    void keepsNothingOfAnErasedBuyerThatADocumentStillShows() {
        exposeAFormerVersionToo();
        var order = archive.get(account, "o-1");
        vault.erase(order.buyer());

        rebuild.apply(account, START, 100);

        assertThat(kept()).doesNotContain("Nowak");
        assertThat(documents.whole(order.id()).orElseThrow().path("doorbell").asString())
                .isEqualTo("***");
    }

    @Test
    void goesThroughTheArchiveInPortions() {
        var first = rebuild.compare(account, START, 1);
        var second = rebuild.compare(account, first.last(), 1);

        assertThat(first.last()).isNotNull().isNotEqualTo(second.last());
        assertThat(rebuild.compare(account, second.last(), 1).last()).isNull();
    }
}
