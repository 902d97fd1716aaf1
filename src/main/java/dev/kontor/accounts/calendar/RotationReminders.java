package dev.kontor.accounts.calendar;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.RotationAnnounced;
import dev.kontor.accounts.RotationSettled;

import static java.time.ZoneOffset.UTC;

/**
 * Tells of secrets that have to be replaced before long. Each reminder is a row before it is told of, so that of several
 * instances one tells; what was missed is made up for by the most urgent one alone, and nobody is reminded of what was
 * known when the secret was entered.
 */
@Service
class RotationReminders {

    private static final Logger log = LoggerFactory.getLogger(RotationReminders.class);
    private static final Integer[] DAYS = {30, 7, 1};
    private static final int AT_ONCE = 100;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RotationReminders(
            JdbcClient jdbc, TransactionOperations transaction, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    void remind() {
        transaction.executeWithoutResult(_ -> settle(clock.instant()));
        var more = true;
        while (more) {
            more = remindSome(clock.instant());
        }
    }

    /** Of what was reminded of nobody has to be reminded any more. */
    private void settle(Instant now) {
        jdbc
                .sql("delete from accounts.rotation_reminders told where not exists (select from " + Rotations.ENTRIES
                        + """
                         entries where entries.id = told.id and entries.rotate_by = told.rotate_by)
                        returning id""")
                .param("inUse", now.minus(Rotations.IN_USE).atOffset(UTC))
                .query((row, _) -> row.getObject("id", UUID.class))
                .list()
                .stream()
                .distinct()
                .map(RotationSettled::new)
                .forEach(events::publishEvent);
    }

    private boolean remindSome(Instant now) {
        var told = transaction.execute(_ -> {
            var due = take(now);
            due.forEach(this::tell);
            return due.size();
        });
        return told != null && told == AT_ONCE;
    }

    private void tell(RotationAnnounced due) {
        log.warn(
                "{} of {} ({}) has to be replaced by {}, within {}",
                due.what(),
                due.marketplace(),
                due.account() == null ? "for all accounts" : "account " + due.account(),
                due.due(),
                due.days() == 1 ? "a day" : due.days() + " days");
        events.publishEvent(due);
    }

    private List<RotationAnnounced> take(Instant now) {
        return jdbc.sql("""
                        with due as (
                          select distinct on (entries.id) entries.*, due.days
                          from """ + Rotations.ENTRIES + """
                         entries cross join unnest(:days) as due (days)
                          where rotate_by > :now
                            and rotate_by - due.days * interval '24 hours' <= :now
                            and rotate_by - due.days * interval '24 hours' > entered_at
                            and not exists (select from accounts.rotation_reminders told
                              where told.id = entries.id and told.rotate_by = entries.rotate_by
                                and told.days <= due.days)
                          order by entries.id, due.days limit :limit
                        ), taken as (
                          insert into accounts.rotation_reminders (id, rotate_by, days) select id, rotate_by, days from due
                          on conflict do nothing returning id
                        )
                        select due.* from due join taken using (id)""")
                .param("inUse", now.minus(Rotations.IN_USE).atOffset(UTC))
                .param("days", DAYS)
                .param("now", now.atOffset(UTC))
                .param("limit", AT_ONCE)
                .query((row, _) -> new RotationAnnounced(
                        row.getObject("id", UUID.class),
                        row.getObject("account", UUID.class),
                        row.getString("marketplace"),
                        row.getString("what"),
                        row.getObject("rotate_by", OffsetDateTime.class).toInstant(),
                        row.getInt("days")))
                .list();
    }
}
