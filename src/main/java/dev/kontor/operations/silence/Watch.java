package dev.kontor.operations.silence;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.operations.silence.Silences.Claimed;
import dev.kontor.orders.RunningLoops;

/** Sees to it that every account whose feed runs is looked at in time, each by one instance and none waiting for another. */
@Component
class Watch implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    private static final String FEED = "feed";
    private static final int AT_ONCE = 100;

    /** Longer than any question takes. */
    private static final Duration LEASE = Duration.ofMinutes(3);

    private final Accounts accounts;
    private final RunningLoops loops;
    private final Silences silences;
    private final Listening listening;
    private final SilenceProperties properties;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Watch(
            Accounts accounts,
            RunningLoops loops,
            Silences silences,
            Listening listening,
            SilenceProperties properties,
            Clock clock) {
        this.accounts = accounts;
        this.loops = loops;
        this.silences = silences;
        this.listening = listening;
        this.properties = properties;
        this.clock = clock;
    }

    private record Followed(AccountView account, Duration interval) {}

    /** Begins what is due, and waits for none of it: one marketplace that answers slowly must not delay the others. */
    void begin() {
        due().forEach(threads::submit);
    }

    List<Runnable> due() {
        var followed = followed();
        var now = clock.instant();
        var due = new ArrayList<Runnable>();
        for (var claimed : silences.claimDue(now, now.plus(LEASE), AT_ONCE)) {
            due.add(() -> look(claimed, followed));
        }
        return due;
    }

    private Map<AccountId, Followed> followed() {
        var followed = new HashMap<AccountId, Followed>();
        for (var account : accounts.active()) {
            var interval = loops.of(account).get(FEED);
            if (interval != null) {
                followed.put(account.id(), new Followed(account, longer(interval, account)));
            }
        }
        silences.follow(followed.keySet(), clock.instant());
        listening.forgetAllBut(followed.keySet());
        return followed;
    }

    private Duration longer(Duration feed, AccountView account) {
        var wanted = properties.interval(account.marketplace());
        return feed.compareTo(wanted) > 0 ? feed : wanted;
    }

    private void look(Claimed claimed, Map<AccountId, Followed> followed) {
        var account = claimed.silence().account();
        var one = followed.get(account);
        if (one == null) {
            return; // of another instance, where it became active a moment ago
        }
        try {
            listening.look(claimed, one.account, one.interval, followed.size());
        } catch (RuntimeException e) {
            log.warn("Whether account {} is silent cannot be found out at the moment", account, e);
        }
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
