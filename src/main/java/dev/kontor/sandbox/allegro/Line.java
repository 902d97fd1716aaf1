package dev.kontor.sandbox.allegro;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.allegro.Purchases.Taken;
import dev.kontor.sandbox.world.Dice;

/** One position of an order; prices a unit, in hundredths of the buyer's money. */
record Line(UUID id, Product product, int quantity, long originalPrice, long price, long boughtAt, Special special) {

    /** What some lines carry beside goods. */
    enum Special {
        NONE,
        VOUCHER,
        SERVICE,
        DEPOSIT,
        SERIAL_NUMBERS,
        WALLET,
        NO_TAX
    }

    private static final List<Special> SPECIALS = List.of(Special.values());

    static List<Line> of(Purchases purchases, int key, Buyer buyer) {
        return of(purchases, key, buyer, purchases.basket(key));
    }

    /** What the buyer was looking for. */
    static List<Taken> wanted(Purchases purchases, int key) {
        return of(purchases, key, purchases.buyer(key), null).stream()
                .map(line -> new Taken(Product.indexOf(line.product().offerId()), line.quantity()))
                .toList();
    }

    private static List<Line> of(Purchases purchases, int key, Buyer buyer, @Nullable List<Taken> basket) {
        var seed = purchases.story().seed();
        var dice = Dice.of(seed, "lines", key);
        var count = dice.chance(0.7) ? 1 : dice.chance(0.7) ? 2 : dice.between(3, 7);
        var boughtAt = purchases.boughtAt(key);
        var lines = new ArrayList<Line>(count);
        for (var i = 0; i < count; i++) {
            var wanted = dice.below(purchases.story().catalog());
            var product = purchases
                    .cast()
                    .product(basket == null ? wanted : basket.get(i).product());
            var original = buyer.inOwnMoney(product.price());
            var price = dice.chance(0.15) ? original - original / dice.between(5, 20) : original;
            var quantity = dice.chance(0.75) ? 1 : dice.chance(0.9) ? dice.between(2, 4) : dice.between(5, 60);
            var id = Dice.uuid(seed, "line", key * 16L + i);
            var special = special(dice);
            var found = basket == null ? quantity : basket.get(i).quantity();
            if (found > 0) {
                lines.add(new Line(id, product, found, original, price, boughtAt, special));
            }
        }
        return lines;
    }

    private static Special special(Dice dice) {
        return dice.chance(0.88) ? Special.NONE : dice.pick(SPECIALS);
    }

    long servicePrice() {
        return special == Special.SERVICE ? 490 : 0;
    }

    long depositPrice() {
        return special == Special.DEPOSIT ? 50 : 0;
    }

    long voucherValue() {
        return special == Special.VOUCHER ? Math.min(1_000, price) : 0;
    }

    long walletValue() {
        return special == Special.WALLET ? Math.min(400, price) : 0;
    }

    long total() {
        return (price + depositPrice()) * quantity + servicePrice() - voucherValue();
    }
}
