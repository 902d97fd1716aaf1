package dev.kontor.marketplaces;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.kontor.SettableClock;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.Scenario;
import dev.kontor.sandbox.world.Fault;

/** What the simulated marketplaces of the sandbox have in common: their time, and what can go wrong at them. */
public abstract class SandboxStage implements Stage {

    /** A share of what is for sale, where all of it would leave nothing to compare with. */
    private static final double SOME = 0.2;

    protected final Sandbox sandbox;
    protected final SettableClock clock = SettableClock.running();
    protected final SeenDrift drift = new SeenDrift();

    protected SandboxStage(Scenario scenario) {
        sandbox = Sandbox.start(scenario);
    }

    @Override
    public List<String> buyOddly(Oddity oddity, int count) {
        faults(Map.of(
                switch (oddity) {
                    case MALFORMED -> Fault.MALFORMED;
                    case UNKNOWN_STATUS -> Fault.UNKNOWN_STATUS;
                    case UNKNOWN_FIELD -> Fault.UNKNOWN_FIELD;
                    case DUPLICATE_CHANGE -> Fault.DUPLICATE_EVENT;
                    case REORDERED_CHANGE -> Fault.REORDERED_EVENT;
                },
                1.0));
        var ids = new ArrayList<>(buy(count));
        calm();
        return ids;
    }

    @Override
    public Set<String> listOddly(Oddity oddity) {
        faults(Map.of(
                switch (oddity) {
                    case MALFORMED -> Fault.MALFORMED;
                    case UNKNOWN_STATUS -> Fault.UNKNOWN_STATUS;
                    case UNKNOWN_FIELD -> Fault.UNKNOWN_FIELD;
                    case DUPLICATE_CHANGE, REORDERED_CHANGE -> throw new IllegalArgumentException("no such listings");
                },
                SOME));
        return broken();
    }

    /** Listings that are told of so that nobody can read them, while the faults are as they are now. */
    protected abstract Set<String> broken();

    @Override
    public void begin(Trouble trouble) {
        faults(Map.of(
                switch (trouble) {
                    case TOO_MANY_REQUESTS -> Fault.TOO_MANY_REQUESTS;
                    case TOO_MANY_REQUESTS_UNTIL -> Fault.TOO_MANY_REQUESTS_RETRY_AFTER;
                    case FAULT -> Fault.SERVER_ERROR;
                    case SILENCE -> Fault.TIMEOUT;
                    case CUT_OFF -> Fault.TRUNCATED;
                },
                1.0));
    }

    @Override
    public void begin(Hitch hitch) {
        faults(Map.of(
                switch (hitch) {
                    case SILENT_NO_OP -> Fault.SILENT_NO_OP;
                    case LOST_ANSWER -> Fault.ANSWER_LOST;
                    case STUCK -> Fault.STUCK_COMMAND;
                    case OUT_OF_ORDER -> Fault.OUT_OF_ORDER;
                },
                1.0));
    }

    /** A purchase in the same millisecond would still be under the faults of before. */
    protected void faults(Map<Fault, Double> faults) {
        sandbox.allegro().faults(faults); // of all marketplaces
        pass(Duration.ofMillis(5));
    }

    @Override
    public void calm() {
        faults(Map.of());
        clock.advance(Duration.ofSeconds(66)); // a ban is over
    }

    @Override
    public void pass(Duration time) {
        clock.advance(time);
        sandbox.advance(time);
    }

    @Override
    public Set<String> drift() {
        return drift.names();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
