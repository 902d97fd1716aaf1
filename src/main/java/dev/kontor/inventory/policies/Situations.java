package dev.kontor.inventory.policies;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.allocation.Allocation;
import dev.kontor.inventory.allocation.Offered;
import dev.kontor.inventory.allocation.Policy;
import dev.kontor.inventory.allocation.Share;
import dev.kontor.inventory.allocation.Situation;
import dev.kontor.inventory.exposure.Delays;
import dev.kontor.inventory.exposure.Exposures;

import static java.time.ZoneOffset.UTC;

/** What is there and what is offered of it at this moment. */
@Repository
class Situations {

    private final JdbcClient jdbc;
    private final Delays delays;
    private final Clock clock;

    Situations(JdbcClient jdbc, Delays delays, Clock clock) {
        this.jdbc = jdbc;
        this.delays = delays;
        this.clock = clock;
    }

    /**
     * A linked listing, before anybody's policy is looked at.
     *
     * @param delay from a sale elsewhere until it is shown here
     * @param observed its account is not written to
     * @param meant whether the target is about it
     */
    record Offer(
            ListingId listing,
            AccountId account,
            Map<ItemId, Long> each,
            long exposure,
            boolean guarded,
            double perHour,
            Duration delay,
            boolean observed,
            boolean meant) {

        Offered under(Policy policy) {
            return new Offered(listing, account, each, policy, exposure, guarded, perHour, delay);
        }
    }

    /** Offers that share items, and how many of these are available. */
    record Stand(Map<ItemId, Long> available, List<Offer> offers) {

        /** Those that are only observed get what they would if all were written; the others share without them. */
        Map<ListingId, Share> shares(Function<Offer, Policy> policies) {
            var shares = divided(offers, policies);
            shares.putAll(
                    divided(offers.stream().filter(offer -> !offer.observed()).toList(), policies));
            return shares;
        }

        private Map<ListingId, Share> divided(List<Offer> some, Function<Offer, Policy> policies) {
            var situation = new Situation(
                    available,
                    some.stream()
                            .map(offer -> offer.under(policies.apply(offer)))
                            .toList());
            var shares = new HashMap<ListingId, Share>();
            Allocation.divide(situation).forEach(share -> shares.put(share.listing(), share));
            return shares;
        }
    }

    /**
     * Of the target's listings, and of all that share items with them. Left out is what is left alone when quantities are
     * published: stock that nobody has counted, what is off sale, and accounts of which nobody has said which side is the
     * truth.
     */
    Stand around(PolicyTarget target) {
        var available = new HashMap<ItemId, Long>();
        var offers = new HashMap<ListingId, Offer>();
        jdbc.sql("""
                        with recursive touched (item) as (
                          select c.item from inventory.listing_contents c
                          join inventory.listings l on l.id = c.listing where %1$s
                          union
                          select other.item from touched
                          join inventory.listing_contents one on one.item = touched.item
                          join inventory.listing_contents other on other.listing = one.listing
                        ), stock as (
                          select item, sum(present - reserved) as available from inventory.positions
                          join touched using (item) where stock_type = 'OWN' group by item
                          having bool_or(exists (select from inventory.movements m where m.position = positions.id
                            and m.kind not in ('RESERVATION', 'RELEASE', 'SHIPMENT') and m.order_id is null))
                        )
                        select c.listing, c.item, c.each, l.account, stock.available, p.exposure, p.guarded,
                          case when isfinite(p.pace_at) then p.pace * ln(2) / (:half / 3600.0)
                            * power(0.5, greatest(0, extract(epoch from :now::timestamptz - p.pace_at)) / :half)
                            else 0 end as per_hour, t.mode <> 'WRITING' as observed, (%1$s) as meant
                        from touched join inventory.listing_contents c on c.item = touched.item
                        join inventory.listings l on l.id = c.listing
                        join inventory.publications p on p.listing = c.listing and not p.gone
                        join inventory.takeovers t on t.account = l.account
                        join stock on stock.item = c.item
                        where not exists (select from inventory.listing_contents u where u.listing = c.listing
                          and u.item not in (select item from stock))
                          and not exists (select from inventory.listing_readings r
                            where r.listing = c.listing and r.status = 'OFF_SALE')""".formatted(target.listings()))
                .param("subject", target.subject())
                .param("now", clock.instant().atOffset(UTC))
                .param("half", Exposures.HALF.toSeconds())
                .query(row -> {
                    var listing = new ListingId(row.getObject("listing", UUID.class));
                    var item = new ItemId(row.getObject("item", UUID.class));
                    available.put(item, row.getLong("available"));
                    var offer = offers.get(listing);
                    if (offer == null) {
                        var account = new AccountId(row.getObject("account", UUID.class));
                        offer = new Offer(
                                listing,
                                account,
                                new HashMap<>(),
                                row.getLong("exposure"),
                                row.getBoolean("guarded"),
                                row.getDouble("per_hour"),
                                delays.of(account),
                                row.getBoolean("observed"),
                                row.getBoolean("meant"));
                        offers.put(listing, offer);
                    }
                    offer.each().put(item, row.getLong("each"));
                });
        return new Stand(available, List.copyOf(offers.values()));
    }
}
