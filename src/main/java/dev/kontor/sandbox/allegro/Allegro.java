package dev.kontor.sandbox.allegro;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.kontor.sandbox.http.Site;
import dev.kontor.sandbox.http.Wire;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Faults;
import dev.kontor.sandbox.world.Goods;
import dev.kontor.sandbox.world.Journal;
import dev.kontor.sandbox.world.Person;
import dev.kontor.sandbox.world.SandboxClock;
import dev.kontor.sandbox.world.Story;

/** The simulated Allegro with everything a test or a person may do to it from behind the scenes. */
public final class Allegro {

    private final World world;
    private final Truth truth;
    private final Wire wire;

    public Allegro(
            Rules rules, Story story, long start, SandboxClock clock, Journal journal, Faults faults, Wire wire) {
        this.world = new World(rules, story, start, clock, journal, faults);
        this.truth = new Truth(world);
        this.wire = wire;
    }

    /** Takes up what happened before a restart, and lets time pass up to now, so that nobody waits for it later. */
    public void resume(List<Deed> past) {
        past.forEach(world::apply);
        world.shops().forEach(world::moment);
    }

    public Site site() {
        return new AllegroSite(world, wire);
    }

    /** All orders that exist now, with hashes of their documents. */
    public List<TrueOrder> orders() {
        return orders(0, true).toList();
    }

    public Stream<TrueOrder> orders(int seller, boolean hashed) {
        return truth.orders(seller, hashed);
    }

    public Stream<TrueEvent> events(int seller) {
        return truth.events(seller);
    }

    public Map<String, String> merged(int seller) {
        return truth.merged(seller);
    }

    /** What the first seller sells, also elsewhere. */
    public Goods goods(int index) {
        var product = world.shop(0).purchases().cast().product(index);
        return new Goods(product.productId(), product.name(), product.sku(), product.ean(), product.price());
    }

    /** Somebody who buys from the first seller, also elsewhere. */
    public Person person(int index) {
        var buyer = world.shop(0).purchases().cast().buyer(index);
        return new Person(
                buyer.firstName(),
                buyer.lastName(),
                buyer.company(),
                buyer.taxId(),
                buyer.phone(),
                buyer.street(),
                buyer.city(),
                buyer.zipCode(),
                buyer.country().name());
    }

    public int sellers() {
        return world.shops().size();
    }

    public String sellerId(int seller) {
        return world.shop(seller).id();
    }

    /** Somebody buys now; answers the ids of the new checkout forms. */
    public List<String> buy(int seller, int count) {
        var shop = world.shop(seller);
        if (count < 1 || count > 1_000_000) {
            throw new IllegalArgumentException("From 1 to 1000000 purchases can be made at once, not " + count + ".");
        }
        var first = new AtomicInteger();
        world.happen(at -> {
            first.set(Purchases.EXTRA + shop.purchases().added());
            return new Deed.Bought(at, seller, count, null, null);
        });
        return IntStream.range(first.get(), first.get() + count)
                .filter(it -> !shop.purchases().refused(it))
                .mapToObj(it -> shop.forms().id(new Form(it, false)).toString())
                .toList();
    }

    /** Somebody buys as many of an offer as there are; answers how many. */
    public int buy(int seller, String offer, int quantity) {
        var shop = world.shop(seller);
        var index = index(shop, offer);
        var bought = new AtomicInteger();
        world.happen(at -> {
            var look = shop.shelf().offers().get(index).now();
            bought.set(look.onSale() ? Math.min(quantity, look.available()) : 0);
            return new Deed.Bought(at, seller, 1, index, quantity);
        });
        return bought.get();
    }

    /** Every offer as it is now. */
    public Stream<TrueOffer> offers(int seller) {
        return truth.offers(seller);
    }

    /** The seller changes a quantity in his panel. */
    public void show(int seller, String offer, int available) {
        var index = index(world.shop(seller), offer);
        if (available < 0 || available > 999_999) {
            throw new IllegalArgumentException("No offer can show " + available + ".");
        }
        world.happen(at -> new Deed.StockShown(at, seller, index, available));
    }

    /** The seller takes an offer away for good. */
    public void remove(int seller, String offer) {
        var index = index(world.shop(seller), offer);
        world.happen(at -> new Deed.OfferRemoved(at, seller, index));
    }

    private static int index(Shop shop, String offer) {
        if (shop.shelf().offer(offer) == null) {
            throw new IllegalArgumentException("No offer " + offer);
        }
        return Product.indexOf(offer);
    }

    /** The seller changes the fulfillment of an order in his panel. */
    public void fulfill(int seller, String id, String status) {
        var form = form(seller, id);
        if (!FormList.FULFILLMENTS.contains(status)) {
            throw new IllegalArgumentException("No fulfillment status " + status);
        }
        world.happen(at -> new Deed.Fulfilled(at, seller, form.code(), status));
    }

    public void confirm(String userCode, int seller) {
        decide(userCode, true, seller);
    }

    public void refuse(String userCode) {
        decide(userCode, false, 0);
    }

    /** Ends all sessions of a seller, as a changed password does; answers how many there were. */
    public int revokeTokens(int seller) {
        var sessions = world.sessions().ofSeller(world.shop(seller).number());
        sessions.forEach(it -> world.happen(new Deed.Revoked(it)));
        return sessions.size();
    }

    /** Blocks the program for as long as too many requests would have. */
    public void ban() {
        world.requests().ban();
    }

    public boolean banned() {
        return world.requests().banned();
    }

    public int mostRequestsInAnyMinute() {
        return world.requests().most();
    }

    /** Makes the API tell an order as it truly is from now on. */
    public void repair(int seller, String id) {
        world.happen(new Deed.Repaired(seller, form(seller, id).code()));
    }

    /** Repairs all malformed orders there are; answers their ids. */
    public List<String> repairAll(int seller) {
        var broken = truth.broken(seller, Fault.MALFORMED);
        broken.forEach(it -> repair(seller, it));
        return broken;
    }

    /** Changes the faults; story faults touch only what happens from now on. */
    public void faults(Map<Fault, Double> faults) {
        new Faults(faults);
        world.happen(at -> new Deed.FaultsChanged(at, faults));
    }

    /** Writes down a change of the clock that has been made. */
    public void clockSet(Deed.ClockSet set) {
        world.happen(set);
    }

    private void decide(String userCode, boolean confirmed, int seller) {
        if (!world.devices().undecided(userCode, world.wall())) {
            throw new IllegalArgumentException("No undecided device code " + userCode);
        }
        world.happen(
                new Deed.DeviceDecided(userCode, confirmed, world.shop(seller).number()));
    }

    private Form form(int seller, String id) {
        var form = world.shop(seller).forms().byId(id);
        if (form == null) {
            throw new IllegalArgumentException("No checkout form " + id);
        }
        return form;
    }
}
