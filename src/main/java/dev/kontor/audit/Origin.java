package dev.kontor.audit;

import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Where what this thread does comes from.
 *
 * @param actor null in a request, where the caller is who proves it
 * @param address from which the request came
 * @param correlation names the request, or the run of the job
 */
public record Origin(@Nullable Actor actor, @Nullable String address, String correlation) {

    private static final ScopedValue<Origin> PRESENT = ScopedValue.newInstance();

    /** Of a request that is just beginning. */
    public static Origin request(@Nullable String address, String correlation) {
        return new Origin(null, address, correlation);
    }

    /** Of a job's run. */
    public static Origin run(String job) {
        return new Origin(Actor.job(job), null, UUID.randomUUID().toString());
    }

    /** Outside of requests and jobs Kontor acts by itself. */
    public static Origin present() {
        return PRESENT.isBound()
                ? PRESENT.get()
                : new Origin(Actor.KONTOR, null, UUID.randomUUID().toString());
    }

    /** What the work does comes from here. */
    public <T extends @Nullable Object, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(PRESENT, this).call(work);
    }

    /** Whoever acts in the work is somebody else than who asked for it, or has just proven who it is. */
    public static <T extends @Nullable Object> T as(Actor actor, Supplier<T> work) {
        var present = present();
        return new Origin(actor, present.address(), present.correlation()).call(work::get);
    }

    public static void run(Actor actor, Runnable work) {
        as(actor, () -> {
            work.run();
            return true;
        });
    }
}
