package dev.kontor.sandbox.wix;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.UUID;

import dev.kontor.sandbox.world.Dice;

/** How many of an article there are in one place: now, and as those know it who are told late. */
final class Item {

    /** What there is from an instant on; any number where nobody counts. */
    record Look(long since, int quantity, boolean tracked, long revision) {

        boolean inStock() {
            return !tracked || quantity > 0;
        }

        Look next(long at, int newQuantity, boolean newTracked) {
            return new Look(at, newQuantity, newTracked, revision + 1);
        }
    }

    private final Article article;
    private final int place;
    private final UUID id;
    private final UUID location;
    private final Deque<Look> looks = new ArrayDeque<>();

    private Item(long seed, Article article, int place, int quantity) {
        this.article = article;
        this.place = place;
        this.id = Dice.uuid(seed, "wix item", article.index() * 2L + place);
        this.location = Dice.uuid(seed, "wix location", place);
        looks.add(new Look(Long.MIN_VALUE, quantity, true, 1));
    }

    /** Where orders are sent from: plenty of most things and few of some. */
    static Item atHome(long seed, Article article) {
        var dice = Dice.of(seed, "wix stock", article.index());
        return new Item(seed, article, 0, dice.chance(0.1) ? dice.between(1, 12) : dice.between(2_000, 20_000));
    }

    /** A few more in the shop round the corner. */
    static Item elsewhere(long seed, Article article) {
        return new Item(
                seed,
                article,
                1,
                Dice.of(seed, "wix stock elsewhere", article.index()).between(1, 5));
    }

    Article article() {
        return article;
    }

    int place() {
        return place;
    }

    String id() {
        return id.toString();
    }

    String location() {
        return location.toString();
    }

    Look now() {
        return looks.getLast();
    }

    void look(Look look, long forgotten) {
        looks.add(look);
        while (looks.size() > 1 && second().since() <= forgotten) {
            looks.removeFirst();
        }
    }

    private Look second() {
        Iterator<Look> all = looks.iterator();
        all.next();
        return all.next();
    }

    Look at(long instant) {
        var seen = looks.getFirst();
        for (var look : looks) {
            seen = look.since() <= instant ? look : seen;
        }
        return seen;
    }
}
