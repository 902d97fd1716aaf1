package dev.kontor.inventory.truth;

import java.util.HashSet;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.api.Conflict;
import dev.kontor.inventory.reading.ListingRounds;
import dev.kontor.inventory.reading.ListingRounds.Round.Phase;
import dev.kontor.inventory.reservations.Takeovers;
import dev.kontor.inventory.reservations.Takeovers.Mode;
import dev.kontor.inventory.reservations.Takeovers.Truth;
import dev.kontor.inventory.truth.StockTruth.Answer;
import dev.kontor.inventory.truth.StockTruth.Answered;

/**
 * Answers for the simulated sellers, one after the other: what is read first becomes the first count, and what others show
 * of the same goods follows it.
 */
@Component
@EnableScheduling
@ConditionalOnBooleanProperty("kontor.sandbox.in-force") // nobody real is ever answered for
class SandboxTruth {

    private static final Logger log = LoggerFactory.getLogger(SandboxTruth.class);

    private final Accounts accounts;
    private final ListingRounds rounds;
    private final Takeovers takeovers;
    private final StockTruth truth;
    private final Set<AccountId> answered = new HashSet<>();
    private final Set<AccountId> waiting = new HashSet<>();

    SandboxTruth(Accounts accounts, ListingRounds rounds, Takeovers takeovers, StockTruth truth) {
        this.accounts = accounts;
        this.rounds = rounds;
        this.takeovers = takeovers;
        this.truth = truth;
    }

    @Scheduled(fixedDelay = 1_000)
    void answer() {
        accounts.active().stream()
                .filter(account -> !answered.contains(account.id()))
                .filter(account -> takeovers.find(account.id()).isPresent() || read(account))
                .forEach(this::answer);
    }

    /** For items to be made of them listings must be known whole; to be told what they sell the list is enough. */
    private boolean read(AccountView account) {
        return rounds.find(account.id())
                .filter(round -> round.wholeAt() != null || (!answered.isEmpty() && round.phase() != Phase.LISTING))
                .isPresent();
    }

    private void answer(AccountView account) {
        if (takeovers.find(account.id()).isEmpty()) {
            var first = answered.isEmpty();
            var wish = new Answer(first ? Truth.MARKETPLACE : Truth.KONTOR, Mode.WRITING, null, first);
            Answered done;
            try {
                done = truth.answer(account.id(), wish, version -> {}, "sandbox");
            } catch (Conflict e) { // soon again
                if (waiting.add(account.id())) {
                    log.info("{}: {}", account.name(), e.getMessage());
                }
                return;
            }
            log.info(
                    "{}: {} items made of its listings, {} counted as it shows them. Kontor now writes quantities to it",
                    account.name(),
                    done.created(),
                    done.counted());
        }
        answered.add(account.id());
    }
}
