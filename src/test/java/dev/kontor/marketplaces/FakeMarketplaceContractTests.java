package dev.kontor.marketplaces;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Answer.Throttled;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.DeviceAuthorization.DeviceCode;
import dev.kontor.marketplaces.FakeMarketplace.Mishap;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FulfilledStock.Holding;

class FakeMarketplaceContractTests extends MarketplaceContract {

    @Override
    protected Stage newStage() {
        var stage = new FakeStage();
        IntStream.range(0, 200).forEach(stage::buyInThePast);
        return stage;
    }

    private static final class FakeStage implements Stage {

        private final SettableClock clock = SettableClock.running();
        private final FakeMarketplace fake = new FakeMarketplace("fake", clock);
        private final Map<String, Integer> kept = new HashMap<>();
        private int bought;

        FakeStage() {
            fake.pageSize(10);
            IntStream.range(0, 25).forEach(it -> fake.list(FakeListing.aListing("listing-" + it, "SKU-" + it, 5 + it)));
            IntStream.range(0, 15).forEach(this::keep);
            fake.stockTerms(terms());
        }

        private void keep(int index) {
            var id = "kept-" + index;
            fake.list(FakeListing.aListing(id, "KEPT-" + index, 0));
            fake.keep(new Holding(id, "KEPT-" + index, "North", "FBF", index, 1, 2, clock.instant()));
            kept.put(id, index);
        }

        /** The strangest that a marketplace may be. */
        private StockWriter.Terms terms() {
            var usual = fake.stockWriter().orElseThrow().possibleTerms().getFirst();
            return new StockWriter.Terms(
                    usual.kinds(),
                    usual.groupSize(),
                    usual.readSize(),
                    true,
                    usual.minimumInterval(),
                    usual.longestDelay(),
                    usual.readingLag(),
                    true,
                    true);
        }

        void buyInThePast(int index) {
            var placedAt = Instant.ofEpochMilli(clock.instant()
                    .minus(Duration.ofHours(600 - 3 * (index / 15)))
                    .toEpochMilli());
            fake.place(FakeOrder.anOrder("past-" + index, placedAt));
        }

        @Override
        public Marketplace marketplace() {
            return fake;
        }

        @Override
        public Connection connect() {
            return fake.connection(UUID.randomUUID(), Lane.LIVE_ORDERS);
        }

        @Override
        public List<String> buy(int count) {
            return IntStream.range(0, count)
                    .mapToObj(ignored -> fake.place(FakeOrder.anOrder("new-" + bought++, clock.instant()))
                            .id())
                    .toList();
        }

        @Override
        public List<String> buyOddly(Oddity oddity, int count) {
            var ids = buy(count);
            switch (oddity) {
                case MALFORMED -> ids.forEach(fake::malform);
                case UNKNOWN_STATUS -> ids.forEach(id -> fake.change(id, order -> order.withStatus("TELEPORTED")));
                case UNKNOWN_FIELD -> ids.forEach(id -> fake.change(id, order -> order.withField("novelty", "x")));
                case DUPLICATE_CHANGE -> fake.repeatLastChange();
                case REORDERED_CHANGE -> fake.swapLastChanges();
            }
            return ids;
        }

        @Override
        public Set<String> orders() {
            return fake.allOrders().stream().map(FakeOrder::id).collect(Collectors.toSet());
        }

        @Override
        public void begin(Trouble trouble) {
            Answer<?> failure = switch (trouble) {
                case TOO_MANY_REQUESTS, TOO_MANY_REQUESTS_UNTIL ->
                    new Throttled<>(clock.instant().plusSeconds(60));
                case FAULT, SILENCE -> new Unavailable<>("scripted");
                case CUT_OFF -> new Unavailable<>("scripted");
            };
            for (var operation : Operation.values()) {
                fake.failAlways(operation, failure);
            }
        }

        @Override
        public void calm() {
            fake.heal();
        }

        @Override
        public void pass(Duration time) {
            clock.advance(time);
            if (time.compareTo(fake.stockWriter()
                            .orElseThrow()
                            .possibleTerms()
                            .getFirst()
                            .longestDelay())
                    >= 0) {
                fake.applyLate();
            }
        }

        @Override
        public Push.Request told(String order) {
            return ((FakePush) fake.push().orElseThrow()).request("seller-fake", order);
        }

        @Override
        public Map<String, Integer> stock() {
            return fake.allListings().stream().collect(Collectors.toMap(FakeListing::id, FakeListing::quantity));
        }

        @Override
        public Set<String> listOddly(Oddity oddity) {
            var odd = fake.allListings().getFirst();
            switch (oddity) {
                case MALFORMED -> fake.malformListing(odd.id());
                case UNKNOWN_STATUS -> fake.list(odd.withStatus("TELEPORTED"));
                case UNKNOWN_FIELD -> fake.list(odd.withField("novelty", "x"));
                case DUPLICATE_CHANGE, REORDERED_CHANGE -> throw new IllegalArgumentException("no such listings");
            }
            return Set.of(odd.id());
        }

        @Override
        public Map<String, Integer> fulfilledStock() {
            return kept;
        }

        @Override
        public int sell(String listing, int wanted) {
            return fake.sell(listing, wanted);
        }

        @Override
        public void sellerShows(String listing, int quantity) {
            fake.sellerShows(listing, quantity);
        }

        @Override
        public void begin(Hitch hitch) {
            fake.everyWrite(
                    switch (hitch) {
                        case SILENT_NO_OP -> Mishap.SILENT_NO_OP;
                        case LOST_ANSWER -> Mishap.LOST_ANSWER;
                        case STUCK -> Mishap.STUCK;
                        case OUT_OF_ORDER -> Mishap.LATE;
                    });
        }

        @Override
        public Map<String, String> entries(Class<? extends EnteredAuthorization> way) {
            return Map.of(
                    "instanceId",
                    "shop-1",
                    "refreshToken",
                    "Atzr-1",
                    "region",
                    "EU",
                    "apiKey",
                    "key-1",
                    "siteId",
                    "site-1");
        }

        @Override
        public Map<String, String> wrongEntries(Class<? extends EnteredAuthorization> way) {
            return Map.of(
                    "instanceId",
                    "wrong",
                    "refreshToken",
                    "wrong",
                    "region",
                    "EU",
                    "apiKey",
                    "wrong",
                    "siteId",
                    "site-1");
        }

        @Override
        public void sellerConfirms(DeviceCode code) {
            fake.sellerConfirms();
        }

        @Override
        public void sellerRefuses(DeviceCode code) {
            fake.sellerRefuses();
        }

        @Override
        public void sellerConfirmsAndTheAnswerIsLost(DeviceCode code) {
            fake.grantIsLost();
            fake.failNext(Operation.POLL, new Unavailable<>("scripted"));
        }

        @Override
        public void revoke() {
            fake.sellerRevokes();
        }

        @Override
        public Set<String> drift() {
            var names = new HashSet<String>();
            fake.allOrders().forEach(order -> names.addAll(fake.orderFields().unknown(order.document())));
            fake.allListings().forEach(listing -> names.addAll(FakeListing.FIELDS.unknown(listing.document())));
            return names;
        }

        @Override
        public void close() {
            fake.heal();
        }
    }
}
