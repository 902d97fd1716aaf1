package dev.kontor.orders.certificate;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.Connections;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.OrderFeed.OrderPage;
import dev.kontor.marketplaces.Period;
import dev.kontor.orders.loops.Loop;
import dev.kontor.orders.loops.Next;
import dev.kontor.orders.loops.Run;
import dev.kontor.orders.reading.OrderReader;
import dev.kontor.orders.reading.Readings;

/**
 * Proves day by day that no order is missing: the marketplace's own list, which is not the way the feed takes, against
 * the archive. What is missing is fetched, what differs is refreshed, and the verdict is kept for ever.
 */
@Component
public class Certification implements Loop {

    private static final Duration TURN = Duration.ofSeconds(30);
    private static final int PORTION = 100;

    private final Kind kind;
    private final DuePlan plan;
    private final CertificateWriter writer;
    private final OrderReader reader;
    private final Rounds rounds;
    private final Connections connections;
    private final Marketplaces marketplaces;
    private final Clock clock;

    Certification(
            DuePlan plan,
            CertificateWriter writer,
            OrderReader reader,
            Rounds rounds,
            Connections connections,
            Marketplaces marketplaces,
            Clock clock,
            @Value("${kontor.orders.interval.certificate:6h}") Duration interval) {
        this.kind = new Kind("certificate", interval, 5);
        this.plan = plan;
        this.writer = writer;
        this.reader = reader;
        this.rounds = rounds;
        this.connections = connections;
        this.marketplaces = marketplaces;
        this.clock = clock;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    /** While a young backfill is not chased it leaves none, but that lasts for less than its interval. */
    @Override
    public boolean leavesARunEachTime() {
        return true;
    }

    @Override
    public Next run(AccountView account, Run run) {
        var begunAt = clock.instant();
        if (!plan.isTime(account.id(), kind.interval())) {
            return new Next.Idle(begunAt.plus(Duration.ofMinutes(1)));
        }
        var unanswered = 0;
        for (var day : plan.due(account.id(), rounds.present(account.id()))) {
            var stopped = check(account, day, run);
            if (stopped != null) {
                run.partial("no verdict on " + day + ": " + stopped.failure());
                unanswered = stopped instanceof Answer.Unavailable<?> ? unanswered + 1 : unanswered;
                if (endsTheRound(stopped) || unanswered > 1) {
                    return run.stoppedBy(stopped);
                }
            }
            if (clock.instant().isAfter(begunAt.plus(TURN))) {
                return new Next.AtOnce();
            }
        }
        writer.resolveNameless(account);
        rounds.end(account.id());
        return new Next.Regular();
    }

    /** What is wrong with one day only must not keep the others from being checked. */
    private static boolean endsTheRound(Answer<?> answer) {
        return answer instanceof Answer.Throttled<?>
                || answer instanceof Answer.Unauthorized<?>
                || (answer instanceof Answer.Rejected<?>(var code, var reason) && code.equals(Connections.INACTIVE));
    }

    /** The answer that kept the day from being checked, if any; then there is no verdict. */
    private @Nullable Answer<?> check(AccountView account, LocalDate day, Run run) {
        var delay = marketplaces.get(account.marketplace()).orders().retention().delay();
        var check = new DayCheck();
        Cursor position = null;
        do {
            var from = position;
            var answer = connections.call(
                    account.id(),
                    Lane.BACKFILL,
                    (marketplace, connection) -> marketplace.orders().placedWithin(Period.day(day), from, connection));
            if (!(answer instanceof Answer.Ok<OrderPage>(var page))) {
                return answer;
            }
            writer.compare(account, page, check, run);
            position = page.next();
        } while (position != null);
        var stopped = explain(account, day, check, run);
        if (stopped == null) {
            var dayIsOver = Period.day(day).to().plus(delay);
            writer.seal(account, day, check, delay, clock.instant().isAfter(dayIsOver));
        }
        return stopped;
    }

    private @Nullable Answer<?> explain(AccountView account, LocalDate day, DayCheck check, Run run) {
        var notListed = writer.notListed(account, day, check);
        for (int from = 0; from < notListed.size(); from += PORTION) {
            var portion = notListed.subList(from, Math.min(from + PORTION, notListed.size()));
            var readings = Readings.of(reader.read(account.id(), Lane.BACKFILL, portion));
            writer.explain(account, readings, run);
            check.unexplained(readings.unreadable().size());
            if (readings.stoppedBy() != null) {
                return readings.stoppedBy();
            }
        }
        return null;
    }
}
