package dev.kontor.orders.loops;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.orders.AccountLoop;
import dev.kontor.orders.RunningLoops;

@Component
class RegularLoops implements RunningLoops {

    private final List<Loop> loops;
    private final ObjectProvider<AccountLoop> others;
    private final Intervals intervals;
    private final LoopSwitches switches;

    RegularLoops(List<Loop> loops, ObjectProvider<AccountLoop> others, Intervals intervals, LoopSwitches switches) {
        this.loops = loops;
        this.others = others;
        this.intervals = intervals;
        this.switches = switches;
    }

    @Override
    public Map<String, Duration> of(AccountView account) {
        var running = new TreeMap<String, Duration>();
        for (var loop : loops) {
            if (loop.leavesARunEachTime() && switches.on(account.marketplace(), loop.kind())) {
                running.put(loop.kind().name(), intervals.of(account.id(), loop.kind()));
            }
        }
        for (var other : others) {
            if (!other.switchedOff(account.marketplace())) {
                running.put(other.kind(), other.interval(account.id()));
            }
        }
        return running;
    }
}
