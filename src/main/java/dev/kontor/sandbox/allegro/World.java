package dev.kontor.sandbox.allegro;

import java.time.Clock;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.allegro.Purchases.Taken;
import dev.kontor.sandbox.http.RequestWindow;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Faults;
import dev.kontor.sandbox.world.Journal;
import dev.kontor.sandbox.world.SandboxClock;
import dev.kontor.sandbox.world.Story;

/** Everything this Allegro remembers; it changes by deeds alone, which are written down before they are told. */
final class World {

    /** Marks the token of a program without a user. */
    static final String PROGRAM = "program.";

    private final Rules rules;
    private final SandboxClock clock;
    private final Journal journal;
    private final Faults faults;
    private final List<Shop> shops;
    private final Devices devices;
    private final Sessions sessions;
    private final RequestWindow requests;
    private final Object time = new Object();

    World(Rules rules, Story story, long start, SandboxClock clock, Journal journal, Faults faults) {
        this.rules = rules;
        this.clock = clock;
        this.journal = journal;
        this.faults = faults;
        this.devices = new Devices(rules);
        this.sessions = new Sessions(rules);
        this.requests = new RequestWindow(rules.requestsPerMinute(), rules.ban(), Clock.systemUTC()::millis);
        this.shops = IntStream.range(0, rules.sellers())
                .mapToObj(it -> new Shop(it, story.ofSeller(it), rules, faults, start, time))
                .toList();
    }

    /** Whether nobody who stands there in the log is told what comes next. */
    boolean isFrozen(long position) {
        var probability = faults.current().getOrDefault(Fault.FROZEN_LOG, 0.0);
        return Dice.share(position, Fault.FROZEN_LOG.name(), now()) < probability;
    }

    /** Makes something happen now, and lets a restart know. */
    void happen(Deed deed) {
        synchronized (time) {
            journal.write(deed);
            apply(deed);
        }
    }

    /** The same for a deed that needs its place in the story: no time passes between its instant and its effect. */
    <D extends Deed> D happen(LongFunction<D> deed) {
        return this.<D, RuntimeException>attempt(deed::apply);
    }

    /** Something that may turn out to be impossible at its instant. */
    interface Attempt<D, E extends Exception> {
        D at(long instant) throws E;
    }

    /** The same for a deed that depends on how things are then. */
    <D extends Deed, E extends Exception> D attempt(Attempt<D, E> deed) throws E {
        synchronized (time) {
            var at = now();
            for (var shop : shops) {
                at = Math.max(at, shop.timeline().at(at).at());
            }
            var done = deed.at(at);
            happen(done);
            return done;
        }
    }

    void apply(Deed deed) {
        switch (deed) {
            case Deed.DeviceAsked it -> devices.apply(it);
            case Deed.DeviceDecided it -> devices.apply(it);
            case Deed.Granted it -> {
                sessions.apply(it);
                if (it.deviceCode() != null) {
                    devices.used(it.deviceCode());
                }
            }
            case Deed.Revoked it -> sessions.apply(it);
            case Deed.Bought it ->
                IntStream.range(0, it.count())
                        .forEach(n -> shop(it.seller()).timeline().buy(it.at(), wish(it)));
            case Deed.StockShown it -> {
                shop(it.seller()).timeline().at(it.at());
                shop(it.seller()).shelf().show(it);
            }
            case Deed.OfferRemoved it -> {
                shop(it.seller()).timeline().at(it.at());
                shop(it.seller()).shelf().remove(it);
            }
            case Deed.OfferEdited it -> {
                shop(it.seller()).timeline().at(it.at());
                shop(it.seller()).shelf().edit(it);
            }
            case Deed.QuantitiesChanged it -> {
                shop(it.seller()).timeline().at(it.at());
                shop(it.seller()).shelf().change(it);
            }
            case Deed.Fulfilled it -> shop(it.seller()).edit(it.at(), Form.of(it.form()), it.status());
            case Deed.Repaired it -> shop(it.seller()).repair(Form.of(it.form()));
            case Deed.FaultsChanged it -> {
                shops.forEach(shop -> shop.timeline().at(it.at()));
                faults.change(it.at() + 1, it.faults());
            }
            case Deed.ClockSet it -> clock.resume(it);
            case Deed.Begun it -> {}
            case Deed.OfWix it -> {}
            case Deed.OfAmazon it -> {}
        }
    }

    private static @Nullable Taken wish(Deed.Bought deed) {
        return deed.offer() == null || deed.quantity() == null ? null : new Taken(deed.offer(), deed.quantity());
    }

    Rules rules() {
        return rules;
    }

    Shop shop(int seller) {
        if (seller < 0 || seller >= shops.size()) {
            throw new IllegalArgumentException("There is no seller " + seller + " in this sandbox.");
        }
        return shops.get(seller);
    }

    List<Shop> shops() {
        return shops;
    }

    Devices devices() {
        return devices;
    }

    Sessions sessions() {
        return sessions;
    }

    RequestWindow requests() {
        return requests;
    }

    long now() {
        return clock.now();
    }

    long wall() {
        return clock.wall();
    }

    Timeline.Moment moment(Shop shop) {
        return shop.timeline().at(now());
    }

    /** Counts a request of the program, whoever its user is. */
    void countRequest() throws Problem {
        var wait = requests.enter();
        if (wait > 0) {
            throw Problem.tooManyRequests(rules.retryAfter(), wait);
        }
    }
}
