package dev.kontor.orders.loops;

import java.util.List;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.orders.LoopTurns;

@Component
class AskedTurns implements LoopTurns {

    private final LoopSchedule schedule;
    private final List<Loop> loops;
    private final Accounts accounts;
    private final AuditLog audit;

    AskedTurns(LoopSchedule schedule, List<Loop> loops, Accounts accounts, AuditLog audit) {
        this.schedule = schedule;
        this.loops = loops;
        this.accounts = accounts;
        this.audit = audit;
    }

    @Override
    public boolean runNow(AccountId account, String loop) {
        boolean known = loops.stream().anyMatch(one -> one.kind().name().equals(loop));
        if (!known || accounts.find(account).filter(AccountView::active).isEmpty()) {
            return false;
        }
        audit.recordAtOnce(Act.of("loop.asked-for", "account", account).label("loop", loop));
        schedule.runNow(loop, account);
        return true;
    }
}
