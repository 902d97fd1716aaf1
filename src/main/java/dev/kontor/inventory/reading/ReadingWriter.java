package dev.kontor.inventory.reading;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.ListingsRead;
import dev.kontor.inventory.listings.Fulfilment;
import dev.kontor.inventory.listings.ListingReadings;
import dev.kontor.inventory.listings.ListingReadings.Unheard;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Listings.Renamed;
import dev.kontor.inventory.listings.Listings.Seen;
import dev.kontor.inventory.listings.Matching;
import dev.kontor.inventory.listings.StockState;
import dev.kontor.inventory.reading.ListingRounds.Round;
import dev.kontor.marketplaces.Listing;
import dev.kontor.marketplaces.Listings.ListingPage;
import dev.kontor.marketplaces.Listings.ListingReading;
import dev.kontor.marketplaces.UnreadableRecord;

/** Keeps what a marketplace told, together with how far it was asked. */
@Component
class ReadingWriter {

    private final ListingRounds rounds;
    private final Listings listings;
    private final ListingReadings readings;
    private final UnreadableListings unreadable;
    private final Matching matching;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ReadingWriter(
            ListingRounds rounds,
            Listings listings,
            ListingReadings readings,
            UnreadableListings unreadable,
            Matching matching,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rounds = rounds;
        this.listings = listings;
        this.readings = readings;
        this.unreadable = unreadable;
        this.matching = matching;
        this.events = events;
        this.clock = clock;
    }

    /** Nothing where somebody else was faster. */
    @Transactional
    public Optional<Told> store(Round round, ListingPage page) {
        var records = page.listings().size() + page.unreadable().size();
        if (!rounds.listed(round, records, page.next(), page.total())) {
            return Optional.empty();
        }
        var turn = new Turn(round, false);
        turn.tell(page.listings());
        turn.unreadable(page.unreadable());
        return Optional.of(turn.end());
    }

    /**
     * @param reading null where no answer could be had this time
     * @param askedAt before it was read
     */
    @Transactional
    public Optional<Told> store(Round round, Unheard asked, @Nullable ListingReading reading, Instant askedAt) {
        if (!rounds.asked(round)) {
            return Optional.empty();
        }
        var turn = new Turn(round, true);
        switch (reading) {
            case null -> turn.heard(List.of(asked.listing()));
            case ListingReading.Found(var listing) -> {
                turn.tell(List.of(listing));
                turn.heard(List.of(asked.listing()));
            }
            case ListingReading.Gone ignored -> turn.gone(asked, askedAt);
            case ListingReading.Unreadable(var record) -> {
                turn.unreadable(List.of(record));
                turn.heard(List.of(asked.listing()));
            }
        }
        return Optional.of(turn.end());
    }

    /** One transaction. */
    private class Turn {

        private final AccountId account;
        private final long round;
        private final boolean asked;
        private final Instant now = clock.instant();
        private final List<ListingId> numbered = new ArrayList<>();
        private final List<ListingId> changed = new ArrayList<>();
        private final List<ListingId> renamed = new ArrayList<>();
        private final List<ListingId> moved = new ArrayList<>();
        private long read;
        private long stale;
        private long malformed;

        Turn(Round round, boolean asked) {
            this.account = round.account();
            this.round = round.number();
            this.asked = asked;
        }

        /** One that comes twice counts as it was last. */
        void tell(Collection<Listing> told) {
            var latest = new LinkedHashMap<String, Listing>();
            told.forEach(listing -> latest.merge(
                    listing.externalId(), listing, (one, other) -> one.asOf().isAfter(other.asOf()) ? one : other));
            read += latest.size();
            var before = listings.of(account, latest.keySet());
            var fresh = latest.values().stream()
                    .filter(listing -> !before.containsKey(listing.externalId()))
                    .map(listing -> new Seen(listing.externalId(), variant(listing), listing.sku(), listing.name()))
                    .toList();
            var ids = new LinkedHashMap<ListingId, Listing>();
            listings.seen(account, fresh, now).forEach((offer, listing) -> {
                numbered.add(listing.id());
                ids.put(listing.id(), Objects.requireNonNull(latest.get(offer.externalId())));
            });
            var renames = new ArrayList<Renamed>();
            ids.forEach((id, listing) -> {
                if (listing.ean() != null) {
                    renames.add(renamed(id, listing));
                }
            });
            before.forEach((externalId, known) -> {
                var listing = Objects.requireNonNull(latest.get(externalId));
                ids.put(known.id(), listing);
                compare(known, listing).ifPresent(renames::add);
            });
            listings.rename(renames);
            readings.save(account, ids, round, asked, now);
            listings.moved(moved);
            unreadable.readWell(account, latest.keySet());
        }

        private Optional<Renamed> compare(dev.kontor.inventory.listings.Listing known, Listing told) {
            var reading = known.reading();
            if (reading != null && reading.asOf().isAfter(told.asOf())) {
                stale++;
                return Optional.empty();
            }
            if (reading == null
                    || reading.goneAt() != null
                    || known.stock().state() == StockState.GONE // a write or a look at it had found it away
                    || reading.fulfilment() != Fulfilment.of(told)
                    || reading.status() != told.status()
                    || (told.quantity() != null && !told.quantity().equals(reading.quantity()))
                    || surprising(known, told)) {
                changed.add(known.id());
            }
            if (known.fulfilledByMarketplace() != told.fulfilledByMarketplace()) {
                moved.add(known.id());
            }
            var otherSku = !Objects.equals(known.sku(), told.sku());
            var otherEan = told.ean() != null && !told.ean().equals(known.ean());
            if (otherSku || otherEan) {
                numbered.add(known.id());
            }
            if (otherSku) {
                matching.renamed(known, told.sku());
            }
            if (!otherSku
                    && !otherEan
                    && known.name().equals(told.name())
                    && known.variant().equals(variant(told))) {
                return Optional.empty();
            }
            renamed.add(known.id());
            return Optional.of(renamed(known.id(), told));
        }

        /** What was written since the list told its number last may have been undone, and then it tells the same number. */
        private static boolean surprising(dev.kontor.inventory.listings.Listing known, Listing told) {
            var expected = known.stock().expected();
            return told.quantity() != null
                    && expected != null
                    && told.quantity().longValue() != expected;
        }

        private static Renamed renamed(ListingId id, Listing told) {
            return new Renamed(id, variant(told), told.sku(), told.ean(), told.name());
        }

        private static String variant(Listing listing) {
            return Objects.requireNonNullElse(listing.variant(), "");
        }

        void unreadable(Collection<UnreadableRecord> records) {
            read += records.size();
            malformed += records.size();
            unreadable.save(account, records, round, now);
            var known = listings.of(
                    account,
                    records.stream()
                            .map(UnreadableRecord::externalId)
                            .filter(Objects::nonNull)
                            .toList());
            heard(known.values().stream()
                    .map(dev.kontor.inventory.listings.Listing::id)
                    .toList());
        }

        void heard(Collection<ListingId> ids) {
            readings.heard(account, ids, round, asked, now);
        }

        void gone(Unheard listing, Instant askedAt) {
            read++;
            readings.gone(account, listing.listing(), round, askedAt, now);
            unreadable.readWell(account, List.of(listing.externalId()));
            changed.add(listing.listing());
        }

        Told end() {
            if (!numbered.isEmpty() || !changed.isEmpty()) {
                events.publishEvent(new ListingsRead(account, numbered, changed, now));
            }
            var different = Stream.of(numbered, changed, renamed)
                    .flatMap(List::stream)
                    .distinct()
                    .count();
            return new Told(read, different, malformed, stale);
        }
    }

    /** That was all; what the list shows no more is not waited for. */
    @Transactional
    public void finish(Round round) {
        rounds.finish(round, clock.instant());
        unreadable.forgetBefore(round.account(), round.number());
    }
}
