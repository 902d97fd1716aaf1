package dev.kontor.orders.certificate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import dev.kontor.orders.feed.FeedStatus;
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

    private final Kind kind;
    private final DuePlan plan;
    private final CertificateWriter writer;
    private final OrderReader reader;
    private final FeedStatus feed;
    private final Connections connections;
    private final Marketplaces marketplaces;
    private final Clock clock;

    Certification(
            DuePlan plan,
            CertificateWriter writer,
            OrderReader reader,
            FeedStatus feed,
            Connections connections,
            Marketplaces marketplaces,
            Clock clock,
            @Value("${kontor.orders.interval.certificate:6h}") Duration interval) {
        this.kind = new Kind("certificate", interval, 5);
        this.plan = plan;
        this.writer = writer;
        this.reader = reader;
        this.feed = feed;
        this.connections = connections;
        this.marketplaces = marketplaces;
        this.clock = clock;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Next run(AccountView account, Run run) {
        var begunAt = clock.instant();
        if (!plan.isTime(account.id(), kind.interval())) {
            return new Next.Idle(begunAt.plus(Duration.ofMinutes(1)));
        }
        var due = plan.due(account.id(), begunAt.minus(Duration.ofMinutes(2)));
        for (var day : due) {
            var stopped = check(account, day, run);
            if (stopped != null) {
                return run.stoppedBy(stopped);
            }
            if (clock.instant().isAfter(begunAt.plus(TURN))) {
                return new Next.AtOnce();
            }
        }
        return new Next.Regular();
    }

    /** The answer that kept the day from being checked, if any; then there is no verdict. */
    private @Nullable Answer<?> check(AccountView account, LocalDate day, Run run) {
        var delay = marketplaces.get(account.marketplace()).orders().retention().delay();
        var check = new DayCheck(expectedUntil(account, delay));
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
            writer.seal(account, day, check, clock.instant().isAfter(dayIsOver));
        }
        return stopped;
    }

    private @Nullable Answer<?> explain(AccountView account, LocalDate day, DayCheck check, Run run) {
        var notListed = writer.notListed(account, day, check);
        if (notListed.isEmpty()) {
            return null;
        }
        var readings = Readings.of(reader.read(account.id(), Lane.BACKFILL, notListed));
        writer.explain(account, readings, run);
        check.unexplained(readings.unreadable().size());
        return readings.stoppedBy();
    }

    private Instant expectedUntil(AccountView account, Duration delay) {
        return feed.find(account.id())
                .map(state -> state.watermark().minus(delay))
                .orElse(Instant.MIN);
    }
}
