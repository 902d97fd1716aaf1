package dev.kontor.inventory;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;

/** What people may decide about quantities elsewhere than over HTTP. Saying the same again changes nothing. */
public interface StockDecisions {

    /** @param shown how many it showed when it was held; @param planned how many it would show */
    record Sample(@Nullable String sku, String name, long shown, long planned) {}

    /**
     * A mass change, as it stands.
     *
     * @param bySource whether somebody's counts are doubted, and not many of an account's listings at once
     * @param open whether it still is to be decided
     * @param listings how many would show something else
     * @param held how many of them still wait
     * @param samples those that show most first
     */
    record Planned(boolean bySource, boolean open, long listings, long held, List<Sample> samples) {

        public Planned {
            samples = List.copyOf(samples);
        }
    }

    Optional<Planned> find(PlanId plan, int samples);

    /** The listings of the plan show what was planned. */
    void approve(PlanId plan, String actor);

    /** They stay as they are. */
    void reject(PlanId plan, String actor);

    /** Nothing is offered there until that is taken back; what else was said of the account stays. */
    void pause(AccountId account, boolean paused, String actor);
}
