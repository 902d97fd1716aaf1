package dev.kontor.inventory.allocation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;

/** Stock and listings for tests; the same numbers make the same ids. */
final class Situations {

    static final AccountId SHOP = new AccountId(new UUID(9, 0));

    private Situations() {}

    static ItemId item(int number) {
        return new ItemId(new UUID(1, number));
    }

    static ListingId listing(int number) {
        return new ListingId(new UUID(2, number));
    }

    static Policy policy(Strategy strategy) {
        return new Policy(strategy, 0, 0, null, false, Map.of());
    }

    static Offered offered(int number, Map<ItemId, Long> each, Policy policy) {
        return new Offered(listing(number), SHOP, each, policy, 0, false, 0, Duration.ofSeconds(10));
    }

    /** One item, and listings that sell one each. */
    static Situation ofOneItem(long available, Offered... listings) {
        return new Situation(Map.of(item(0), available), List.of(listings));
    }

    static Offered single(int number, Policy policy) {
        return offered(number, Map.of(item(0), 1L), policy);
    }

    static Offered selling(double perHour, Offered it) {
        return new Offered(
                it.listing(), it.account(), it.each(), it.policy(), it.exposure(), it.guarded(), perHour, it.delay());
    }

    static Offered showing(long exposure, boolean guarded, Offered it) {
        return new Offered(
                it.listing(), it.account(), it.each(), it.policy(), exposure, guarded, it.perHour(), it.delay());
    }

    static Offered buffering(int buffer, Offered it) {
        var policy = it.policy();
        return new Offered(
                it.listing(),
                it.account(),
                it.each(),
                new Policy(
                        policy.strategy(), buffer, policy.minimum(), policy.maximum(), policy.paused(), policy.from()),
                it.exposure(),
                it.guarded(),
                it.perHour(),
                it.delay());
    }

    /** What Kontor would meet if the listings did what it said. */
    static Situation after(Situation before, List<Share> shares) {
        var told = new HashMap<ListingId, Share>();
        shares.forEach(share -> told.put(share.listing(), share));
        return with(
                before,
                it -> showing(
                        told.get(it.listing()).quantity(),
                        told.get(it.listing()).guarded(),
                        it));
    }

    static Situation with(Situation before, UnaryOperator<Offered> change) {
        return new Situation(
                before.available(), before.listings().stream().map(change).toList());
    }

    static Situation random(RandomGenerator random, Strategy... strategies) {
        var items = random.nextInt(1, 5);
        var most = random.nextInt(20) == 0 ? 1_000_000 : random.nextInt(1, 60);
        var available = new HashMap<ItemId, Long>();
        IntStream.range(0, items).forEach(number -> available.put(item(number), random.nextLong(-3, most)));
        var listings = new ArrayList<Offered>();
        for (var number = 0; number < random.nextInt(1, 8); number++) {
            var each = new HashMap<ItemId, Long>();
            for (var part = 0; part < random.nextInt(1, 4); part++) {
                each.put(item(random.nextInt(items)), random.nextLong(1, 4));
            }
            var policy = new Policy(
                    strategies[random.nextInt(strategies.length)],
                    random.nextInt(3) == 0 ? random.nextInt(6) : 0,
                    random.nextInt(4) == 0 ? random.nextInt(6) : 0,
                    random.nextInt(4) == 0 ? random.nextInt(20) : null,
                    random.nextInt(15) == 0,
                    Map.of());
            listings.add(new Offered(
                    listing(number),
                    SHOP,
                    each,
                    policy,
                    random.nextBoolean() ? 0 : random.nextLong(most),
                    random.nextBoolean(),
                    random.nextInt(4) == 0 ? 0 : random.nextDouble(20),
                    Duration.ofSeconds(random.nextInt(120))));
        }
        return new Situation(available, listings);
    }
}
