package dev.kontor.inventory.publication;

import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.listings.Listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The database itself lets nobody give a listing more than there is, whatever the code that asks for it believes. */
class ExposureCheckTests extends PublicationFixture {

    @Autowired
    TransactionTemplate transaction;

    private Item mug;
    private Listing here;
    private Listing there;

    @BeforeEach
    void shareTheLastUnits() {
        var one = aStall();
        var other = aStall();
        mug = stockroom.anItemWith(3);
        here = list(one, mug, 3);
        there = list(other, mug, 0);
        settle(one, other);
        assertThat(row(here)).containsEntry("guarded", true);
        assertThat(given(here) + given(there)).isEqualTo(3);
    }

    private long given(Listing listing) {
        return (long) row(listing).get("exposure");
    }

    /** As a write would that is about to be sent. */
    private void give(Listing listing, int units) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update inventory.publications set exposure = exposure + ?, growth = ? where listing = ?")
                    .params(units, units, listing.id().value())
                    .update();
            status.setRollbackOnly();
        });
    }

    @Test
    void whatIsThereCanBeGiven() {
        stockroom.receive(mug, 2);

        assertThatCode(() -> give(there, 2)).doesNotThrowAnyException();
    }

    @Test
    void oneMoreThanIsThereCannot() {
        stockroom.receive(mug, 2);

        assertThatThrownBy(() -> give(there, 3))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("more of item " + mug.id() + " would be for sale than there is");
    }

    @Test
    void whatOthersHaveTakenCannot() {
        correct(mug, -1);

        assertThatThrownBy(() -> give(here, 1)).isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void nothingCanBeGivenWhileSomeListingWasNeverRead() {
        stockroom.receive(mug, 2);
        list(aStall(), mug, 0);
        perform("recalculate");

        assertThatThrownBy(() -> give(here, 1)).isInstanceOf(DataIntegrityViolationException.class);
    }

    /** Whatever the reason is: Kontor believed that there were enough, and the database did not. */
    @Test
    void theListingThatIsRefusedCostsTheOthersNothing() {
        var stall = aStall();
        var goods = Stream.generate(() -> stockroom.anItemWith(3)).limit(5).toList();
        var all = goods.stream().map(item -> list(stall, item, 3)).toList();
        settle(stall);
        var refused = all.get(1);

        refuseToGiveMoreTo(refused);
        try {
            goods.forEach(item -> stockroom.receive(item, 2));
            settle(stall);
            assertThat(all).extracting(stall::shows).containsExactly(5, 3, 5, 5, 5);
        } finally {
            jdbc.sql("drop trigger refusing on inventory.publications").update();
        }

        settle(stall);
        assertThat(stall.shows(refused)).isEqualTo(5);
    }

    private void refuseToGiveMoreTo(Listing listing) {
        jdbc.sql("""
                        create or replace function public.refuse() returns trigger language plpgsql as $$
                        begin
                          raise exception 'refused by the test'
                            using errcode = 'check_violation', constraint = 'publications_exposure_check';
                        end $$""").update();
        jdbc.sql("""
                        create trigger refusing after update on inventory.publications for each row
                        when (new.exposure > old.exposure and new.listing = '%s') execute function public.refuse()""".formatted(listing.id())).update();
    }
}
