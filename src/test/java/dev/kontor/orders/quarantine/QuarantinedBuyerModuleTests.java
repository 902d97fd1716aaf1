package dev.kontor.orders.quarantine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeBuyer;
import dev.kontor.orders.ShopFixture;
import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.Vault;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose the texts in quarantine are, and that they go with him. */
class QuarantinedBuyerModuleTests extends ShopFixture {

    private static final FakeBuyer ANNA =
            new FakeBuyer("b-7", "Anna Nowak", "anna@example.com", "+48500600700", "anna");
    private static final FakeBuyer NOBODY = new FakeBuyer("", "Anna Nowak", "anna@example.com", "+48500600700", "anna");

    @Autowired
    Vault vault;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    QuarantineEntries entries;

    @Autowired
    QuarantineOfBuyers buyers;

    @BeforeEach
    void followItsChanges() {
        sync();
    }

    private void readable(String id, FakeBuyer buyer) {
        shop.place(FakeOrder.anOrder(id, clock.instant()).withBuyer(buyer));
        sync();
    }

    private void broken(String id, FakeBuyer buyer) {
        shop.place(FakeOrder.anOrder(id, clock.instant()).withBuyer(buyer));
        shop.malform(id);
        sync();
    }

    private void breaks(String id, FakeBuyer buyer) {
        shop.malform(id);
        shop.change(id, order -> order.withBuyer(buyer));
        sync();
    }

    private Optional<String> text(String id) {
        var entry = jdbc.sql("select id from orders.quarantine where account = ? and external_id = ?")
                .params(account.id().value(), id)
                .query((row, number) -> row.getObject(1, UUID.class))
                .single();
        return vault.open(entry, 1).map(Object::toString);
    }

    private BuyerId buyerOf(String id) {
        return archive.get(account, id).buyer();
    }

    @Test
    void whatTheSellersPeopleMakeOfItIsNotToldToTheBuyer() {
        readable("o-1", ANNA);
        broken("o-2", ANNA);
        var id = entries.list(account.id(), false, new UUID(0, 0), 2).getFirst().id();
        entries.acknowledge(id, "person 1", "An awkward customer");
        var told = new ArrayList<Object>();

        buyers.sections().getFirst().rows().accept(buyerOf("o-1"), told::add);

        assertThat(told)
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.toString()).contains("o-2").doesNotContain("awkward", "person 1"));
    }

    @Test
    void whatTellsOfABuyerIsErasedWithHim() {
        readable("o-1", ANNA);
        broken("o-2", ANNA);
        assertThat(text("o-2")).hasValueSatisfying(text -> assertThat(text).contains("Anna Nowak"));

        vault.erase(buyerOf("o-1"));

        assertThat(text("o-2")).isEmpty();
        assertThat(archive.quarantined(account)).containsExactly("o-2");
    }

    @Test
    void whatIsReadAgainAfterTheErasureIsNotKept() {
        readable("o-1", ANNA);
        broken("o-2", ANNA);
        vault.erase(buyerOf("o-1"));

        breaks("o-1", ANNA);
        shop.change("o-2", order -> order.withStatus("SHIPPED"));
        sync();

        assertThat(archive.quarantined(account)).containsExactly("o-1", "o-2");
        assertThat(text("o-1")).isEmpty();
        assertThat(text("o-2")).isEmpty();
        assertThat(jdbc.sql("select count(*) from privacy.buyers where account = ? and state <> 'ERASED'")
                        .param(account.id().value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void anOrderThatCouldBeReadBeforeBelongsToItsBuyerEvenIfItNamesNobodyNow() {
        readable("o-1", ANNA);
        breaks("o-1", NOBODY);
        assertThat(text("o-1")).isPresent();

        vault.erase(buyerOf("o-1"));

        assertThat(text("o-1")).isEmpty();
    }

    @Test
    void whereNobodyCanBeReadTheTextStaysForItself() {
        readable("o-1", ANNA);
        broken("o-2", NOBODY);

        vault.erase(buyerOf("o-1"));

        assertThat(text("o-2")).isPresent();
    }

    /** Who has the database must not be able to try which text it was. */
    @Test
    void aTextIsRecognizedByAKeyedHashOnly() throws NoSuchAlgorithmException {
        shop.announceUnreadably();
        sync();

        var plain = MessageDigest.getInstance("SHA-256").digest("{\"order\":null}".getBytes(StandardCharsets.UTF_8));
        assertThat(jdbc.sql("select fingerprint from orders.quarantine where account = ?")
                        .param(account.id().value())
                        .query((row, number) -> row.getBytes(1))
                        .list())
                .singleElement()
                .isNotEqualTo(plain);
    }

    @Test
    void tryingAgainKeepsABuyersDataNoLonger() {
        broken("o-1", ANNA);
        var seen = relevantAt();
        clock.advance(Duration.ofDays(30));
        shop.change("o-1", order -> order.withStatus("SHIPPED"));
        sync();

        assertThat(relevantAt()).isEqualTo(seen);
    }

    private Instant relevantAt() {
        return jdbc.sql("select relevant_at from privacy.buyers where account = ?")
                .param(account.id().value())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }
}
