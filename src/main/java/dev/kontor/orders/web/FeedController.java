package dev.kontor.orders.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.api.Area;
import dev.kontor.api.FieldProblem;
import dev.kontor.api.Guarded;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.orders.AccountLoop;
import dev.kontor.orders.FeedWindowUsed.Level;
import dev.kontor.orders.feed.FeedStatus;
import dev.kontor.orders.feed.WindowWatch;
import dev.kontor.orders.loops.Intervals;
import dev.kontor.orders.loops.LoopSchedule;
import dev.kontor.orders.loops.LoopSwitches;

@RestController
@RequestMapping("/api/v1/accounts/{id}")
@Guarded(Area.ORDERS)
@Tag(name = "Feed")
class FeedController {

    private final KnownAccount accounts;
    private final FeedStatus feeds;
    private final WindowWatch window;
    private final Intervals intervals;
    private final LoopSchedule schedule;
    private final LoopSwitches switches;
    private final List<AccountLoop> others;

    FeedController(
            KnownAccount accounts,
            FeedStatus feeds,
            WindowWatch window,
            Intervals intervals,
            LoopSchedule schedule,
            LoopSwitches switches,
            ObjectProvider<AccountLoop> others) {
        this.accounts = accounts;
        this.feeds = feeds;
        this.window = window;
        this.intervals = intervals;
        this.schedule = schedule;
        this.switches = switches;
        this.others = others.orderedStream().toList();
    }

    /**
     * @param watermark up to when the marketplace has told of every sale; records that it told of and that cannot be
     *     read are in quarantine
     * @param windowUsed share of the marketplace's memory that has passed since the last read; at 1 changes begin to be
     *     lost
     * @param unread sales that were told of and whose orders are still to be read; their goods are reserved
     * @param unreadSince when the oldest of them was told; null where there are none
     */
    record FeedBody(
            Instant startedAt,
            Instant readAt,
            Instant watermark,
            double windowUsed,
            Level windowLevel,
            long unread,
            @Nullable Instant unreadSince) {}

    @GetMapping("/feed")
    @Operation(summary = "Tell how far the account's changes were followed")
    FeedBody feed(@PathVariable UUID id) {
        var account = accounts.get(id);
        var state = feeds.find(account.id())
                .orElseThrow(() -> new NotFound("The feed of account " + id + " has not begun yet."));
        var share = Math.round(window.share(account, state) * 1_000_000) / 1_000_000.0;
        var unread = feeds.unread(account.id());
        return new FeedBody(
                state.startedAt(),
                state.readAt(),
                state.watermark(),
                share,
                Level.of(share),
                unread.orders(),
                unread.oldest());
    }

    /** @param seconds by kind of loop */
    record IntervalsBody(@NotNull Map<String, @NotNull Long> seconds) {}

    /**
     * @param seconds by kind of loop
     * @param switchedOff loops that a setting of Kontor keeps from running for the whole marketplace
     */
    record LoopsBody(Map<String, Long> seconds, List<String> switchedOff) {}

    @GetMapping("/intervals")
    @Operation(summary = "Tell how often each loop of the account runs")
    LoopsBody intervals(@PathVariable UUID id) {
        return body(accounts.get(id));
    }

    @PutMapping("/intervals")
    @Operation(
            summary = "Set how often loops of the account run, in seconds",
            description = "Loops that are not named keep their interval.")
    LoopsBody setIntervals(@PathVariable UUID id, @Valid @RequestBody IntervalsBody body) {
        var account = accounts.get(id);
        var problems = new ArrayList<FieldProblem>();
        var wanted = new LinkedHashMap<String, Duration>();
        body.seconds().forEach((kind, seconds) -> {
            if (!kinds().contains(kind)) {
                problems.add(new FieldProblem("seconds." + kind, "is not one of " + kinds()));
            } else if (seconds < Intervals.SHORTEST.toSeconds() || seconds > Intervals.LONGEST.toSeconds()) {
                problems.add(new FieldProblem(
                        "seconds." + kind,
                        "must be from " + Intervals.SHORTEST.toSeconds() + " to " + Intervals.LONGEST.toSeconds()));
            } else {
                wanted.put(kind, Duration.ofSeconds(seconds));
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidField(problems);
        }
        others.forEach(loop -> {
            var interval = wanted.remove(loop.kind());
            if (interval != null) {
                loop.setInterval(account.id(), interval);
            }
        });
        intervals.set(account.id(), wanted);
        wanted.keySet().forEach(kind -> schedule.runNow(kind, account.id())); // the old interval may be long
        return body(account);
    }

    private List<String> kinds() {
        return Stream.concat(intervals.kinds().stream(), others.stream().map(AccountLoop::kind))
                .toList();
    }

    private LoopsBody body(AccountView account) {
        var seconds = new TreeMap<String, Long>();
        intervals.of(account.id()).forEach((kind, interval) -> seconds.put(kind, interval.toSeconds()));
        others.forEach(
                loop -> seconds.put(loop.kind(), loop.interval(account.id()).toSeconds()));
        var off = Stream.concat(
                switches.off(account.marketplace()).stream(),
                others.stream()
                        .filter(loop -> loop.switchedOff(account.marketplace()))
                        .map(AccountLoop::kind));
        return new LoopsBody(seconds, off.sorted().toList());
    }
}
