package dev.kontor.sandbox.amazon;

import java.util.List;
import java.util.Map;

import dev.kontor.sandbox.http.Site;
import dev.kontor.sandbox.http.Wire;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Faults;
import dev.kontor.sandbox.world.Journal;
import dev.kontor.sandbox.world.SandboxClock;

/** The simulated Amazon with one seller, and everything one may do to it behind the scenes. */
public final class Amazon {

    private final AmazonWorld world;
    private final AmazonSite site;

    public Amazon(
            AmazonRules rules,
            AmazonStory story,
            boolean limits,
            SandboxClock clock,
            Journal journal,
            Faults faults,
            Wire wire) {
        this.world = new AmazonWorld(rules, story, clock, journal, faults);
        this.site = new AmazonSite(world, new Lwa(world), limits, wire);
    }

    /** Takes up what happened before a restart. */
    public void resume(List<Deed> past) {
        past.stream()
                .filter(Deed.OfAmazon.class::isInstance)
                .map(Deed.OfAmazon.class::cast)
                .forEach(world::apply);
    }

    public Site site() {
        return site;
    }

    /** What a seller enters in Kontor to connect the account. */
    public Map<String, String> entries() {
        var rules = world.rules();
        return Map.of(
                "refreshToken", world.refreshToken(),
                "sellerId", rules.sellerId(),
                "region", rules.region(),
                "marketplaceIds", String.join(",", rules.marketplaceIds()));
    }

    /** The seller takes his permission back; {@link #entries} has what he gets when he gives it again. */
    public void revoke() {
        world.happen(at -> new Deed.AmazonRevoked());
    }
}
