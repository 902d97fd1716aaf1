package dev.kontor.benchmark;

/** When calls may be made under a limit at the earliest: so many at once, and then one after the other. */
final class Permits {

    private final int burst;
    private final double perSecond;
    private double free;
    private double at;

    private Permits(int burst, double perSecond) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.free = burst;
    }

    static Permits of(int burst, double perSecond) {
        return new Permits(burst, perSecond);
    }

    static Permits unlimited() {
        return new Permits(1, Double.POSITIVE_INFINITY);
    }

    /** @param wanted seconds since any moment; in the order of time @return when it may be made */
    double next(double wanted) {
        if (Double.isInfinite(perSecond)) {
            return wanted;
        }
        var now = Math.max(wanted, at);
        free = Math.min(burst, free + (now - at) * perSecond);
        at = now;
        if (free < 1) {
            at += (1 - free) / perSecond;
            free = 1;
        }
        free--;
        return at;
    }
}
