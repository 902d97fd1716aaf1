package dev.kontor.sandbox.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Time of the simulated world: may run faster than real time and may jump ahead, never back. */
public final class SandboxClock {

    private record Anchor(long real, long world, double speed, long jumps) {
        long at(long realNow) {
            return world + (long) ((realNow - real) * speed);
        }
    }

    private final Clock real;
    private volatile Anchor anchor;

    public SandboxClock(Clock real, Instant worldNow, double speed) {
        this.real = real;
        this.anchor = new Anchor(real.millis(), worldNow.toEpochMilli(), speed, 0);
    }

    /** Milliseconds of the story: purchases, payments, shipments. */
    public long now() {
        return anchor.at(real.millis());
    }

    /** Milliseconds as clients count them, for everything whose life an answer tells in seconds; jumps count, speed does not. */
    public long wall() {
        return real.millis() + anchor.jumps;
    }

    public double speed() {
        return anchor.speed;
    }

    public synchronized Deed.ClockSet run(double speed) {
        return set(now(), speed, anchor.jumps);
    }

    public synchronized Deed.ClockSet advance(Duration jump) {
        return set(now() + jump.toMillis(), anchor.speed, anchor.jumps + jump.toMillis());
    }

    private Deed.ClockSet set(long world, double speed, long jumps) {
        anchor = new Anchor(real.millis(), world, speed, jumps);
        return new Deed.ClockSet(anchor.real, world, speed, jumps);
    }

    /** What the clock was set to before a restart; the world went on while nobody was looking. */
    public void resume(Deed.ClockSet set) {
        anchor = new Anchor(set.real(), set.world(), set.speed(), set.jumps());
    }
}
