package dev.kontor.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.allegro.Allegro;
import dev.kontor.sandbox.amazon.Amazon;
import dev.kontor.sandbox.http.Counters;
import dev.kontor.sandbox.http.SandboxServer;
import dev.kontor.sandbox.http.Wire;
import dev.kontor.sandbox.wix.Wix;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Faults;
import dev.kontor.sandbox.world.Journal;
import dev.kontor.sandbox.world.SandboxClock;

/** A running sandbox: in Kontor's process, in one of its own, or in a test. */
public final class Sandbox implements AutoCloseable {

    private static final String ALLEGRO = "allegro";
    private static final String WIX = "wix";
    private static final String AMAZON = "amazon";
    private static final List<String> MARKETPLACES = List.of(ALLEGRO, WIX, AMAZON);

    private final Scenario scenario;
    private final Journal journal;
    private final SandboxClock clock;
    private final Faults faults;
    private final Map<String, Wire> wires = new LinkedHashMap<>();
    private final Set<String> down = ConcurrentHashMap.newKeySet();
    private final Counters counters = new Counters();
    private final Allegro allegro;
    private final Wix wix;
    private final Amazon amazon;
    private final Control control;
    private final SandboxServer server;

    private Sandbox(Scenario scenario, @Nullable Path directory) {
        this.scenario = scenario;
        this.journal = new Journal(directory);
        var real = Clock.systemUTC();
        var beginning = Beginning.of(scenario, journal, real.millis());
        this.clock = new SandboxClock(real, Instant.ofEpochMilli(beginning.at()), scenario.speed());
        this.faults = new Faults(scenario.faults());
        MARKETPLACES.forEach(
                name -> wires.put(name, new Wire(scenario.seed(), faults, scenario.timeout(), scenario.slowness())));
        this.allegro =
                new Allegro(scenario.rules(), scenario.story(), beginning.at(), clock, journal, faults, wire(ALLEGRO));
        this.wix = new Wix(
                scenario.wix(),
                scenario.wixStory(),
                scenario.limits(),
                beginning.at(),
                allegro,
                clock,
                journal,
                faults,
                wire(WIX));
        this.amazon = new Amazon(
                scenario.amazon(),
                scenario.amazonStory(),
                scenario.limits(),
                beginning.at(),
                allegro,
                clock,
                journal,
                faults,
                wire(AMAZON));
        allegro.resume(beginning.since());
        wix.resume(beginning.since());
        amazon.resume(beginning.since());
        if (beginning.since().isEmpty()) {
            allegro.clockSet(clock.run(scenario.speed()));
        }
        this.control = new Control(this);
        this.server = new SandboxServer(
                scenario.address(),
                scenario.port(),
                counters,
                port -> List.of(
                        allegro.site(), wix.site(), amazon.site(), amazon.documents(), control, new FrontPage(this)));
    }

    public static Sandbox start(Scenario scenario) {
        return new Sandbox(scenario, scenario.directory());
    }

    static Sandbox start(Scenario scenario, Path directory) {
        return new Sandbox(scenario, scenario.directory() == null ? directory : scenario.directory());
    }

    public String baseUrl() {
        return "http://localhost:" + server.port();
    }

    public int port() {
        return server.port();
    }

    public Scenario scenario() {
        return scenario;
    }

    public Allegro allegro() {
        return allegro;
    }

    public Wix wix() {
        return wix;
    }

    public Amazon amazon() {
        return amazon;
    }

    public Counters counters() {
        return counters;
    }

    public Faults faults() {
        return faults;
    }

    /** Which marketplaces answer nobody. */
    public Set<String> down() {
        return Set.copyOf(down);
    }

    /** From now on these answer nobody, and all others answer again. */
    public void down(Collection<String> marketplaces) {
        marketplaces.forEach(this::wire);
        down.retainAll(marketplaces);
        down.addAll(marketplaces);
        wires.forEach((name, wire) -> wire.cut(down.contains(name)));
    }

    private Wire wire(String marketplace) {
        var wire = wires.get(marketplace);
        if (wire == null) {
            throw new IllegalArgumentException("No marketplace " + marketplace + ", but " + MARKETPLACES);
        }
        return wire;
    }

    public Instant now() {
        return Instant.ofEpochMilli(clock.now());
    }

    public void run(double speed) {
        allegro.clockSet(clock.run(speed));
    }

    public void advance(java.time.Duration jump) {
        allegro.clockSet(clock.advance(jump));
    }

    /** What there is to ask, for people who look at the address without knowing more. */
    Map<String, Object> index() {
        var index = new LinkedHashMap<String, Object>();
        index.put("about", "Simulated marketplaces: nobody real sells or buys here.");
        index.put("api", baseUrl() + "/allegro");
        index.put("authorization", baseUrl() + "/allegro/auth/oauth");
        index.put("sellersPage", baseUrl() + "/allegro/skojarz-aplikacje");
        index.put("wix", baseUrl() + "/wix");
        index.put("amazon", baseUrl() + "/amazon");
        index.put("control", control.index());
        return index;
    }

    double speed() {
        return clock.speed();
    }

    @Override
    public void close() {
        wix.close();
        server.close();
        journal.close();
    }

    public static void main(String[] arguments) throws InterruptedException {
        var settings = Arrays.stream(arguments).map(it -> it.replaceFirst("^--", ""));
        var scenario = Scenario.of(java.util.stream.Stream.concat(java.util.stream.Stream.of("port=8090"), settings)
                .toArray(String[]::new));
        var sandbox = start(scenario);
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
        IO.println("Sandbox: Allegro at " + sandbox.baseUrl() + "/allegro with " + scenario.orders()
                + " past orders, control at " + sandbox.baseUrl() + "/control");
        new CountDownLatch(1).await();
    }

    /** Where the story begins, and what happened since if this is a restart. */
    private record Beginning(long at, List<Deed> since) {

        static Beginning of(Scenario scenario, Journal journal, long now) {
            var story = String.join(
                    " ",
                    scenario.story().toString(),
                    scenario.wixStory().toString(),
                    scenario.amazonStory().toString(),
                    String.valueOf(scenario.sellers()),
                    String.valueOf(scenario.start()));
            var past = journal.past();
            if (!past.isEmpty() && past.getFirst() instanceof Deed.Begun begun) {
                if (begun.story().equals(story)) {
                    return new Beginning(begun.at(), past.subList(1, past.size()));
                }
                journal.restart();
            }
            var start = scenario.start() == null ? now : scenario.start().toEpochMilli();
            journal.write(new Deed.Begun(start, story));
            return new Beginning(start, List.of());
        }
    }
}
