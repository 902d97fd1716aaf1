package dev.kontor.orders.certificate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.orders.Source;
import dev.kontor.orders.certificate.Certificate.Verdict;

import static java.time.ZoneOffset.UTC;

/** Every verdict ever given. */
@Repository
public class Certificates {

    private final JdbcClient jdbc;

    Certificates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Certificate certificate) {
        jdbc.sql("""
                        insert into orders.certificates (account, day, checked_at, final, verdict, listed, archived,
                          repaired, refreshed, unreadable, unexplained, hash)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        certificate.account().value(),
                        certificate.day(),
                        certificate.checkedAt().atOffset(UTC),
                        certificate.complete(),
                        certificate.verdict().name(),
                        certificate.listed(),
                        certificate.archived(),
                        certificate.repaired(),
                        certificate.refreshed(),
                        certificate.unreadable(),
                        certificate.unexplained(),
                        HexFormat.of().parseHex(certificate.hash()))
                .update();
    }

    /**
     * The newest verdict of each day from {@code from} to {@code to}, both inclusive. What was ever repaired stays
     * repaired.
     */
    public List<Certificate> newest(AccountId account, LocalDate from, LocalDate to) {
        return jdbc.sql("""
                        select distinct on (day) account, day, checked_at, final, listed, archived, refreshed, unreadable,
                          unexplained, hash, sum(repaired) over of_day as repaired,
                          case when verdict = 'WHOLE' and sum(repaired) over of_day > 0 then 'REPAIRED' else verdict end
                            as verdict
                        from orders.certificates
                        where account = ? and day between ? and ?
                        window of_day as (partition by day)
                        order by day, checked_at desc""")
                .params(account.value(), from, to)
                .query((row, number) -> certificate(row))
                .list();
    }

    /** All verdicts of a day, the newest first. */
    public List<Certificate> history(AccountId account, LocalDate day) {
        return jdbc.sql("select * from orders.certificates where account = ? and day = ? order by checked_at desc")
                .params(account.value(), day)
                .query((row, number) -> certificate(row))
                .list();
    }

    /** When each day got its newest verdict that stands and leaves no gap. */
    Map<LocalDate, Instant> settled(AccountId account) {
        var settled = new HashMap<LocalDate, Instant>();
        jdbc.sql("""
                        select day, checked_at from (
                          select distinct on (day) * from orders.certificates where account = ?
                          order by day, checked_at desc
                        ) newest
                        where final and verdict <> 'GAPS'""").param(account.value()).query(row -> {
            settled.put(
                    row.getObject("day", LocalDate.class),
                    row.getObject("checked_at", OffsetDateTime.class).toInstant());
        });
        return settled;
    }

    /** Days of which the newest verdict stands and tells of gaps. */
    List<LocalDate> gaps(AccountId account) {
        return jdbc.sql("""
                        select day from (
                          select distinct on (day) * from orders.certificates where account = ?
                          order by day, checked_at desc
                        ) newest
                        where final and verdict = 'GAPS' order by day""")
                .param(account.value())
                .query((row, _) -> row.getObject("day", LocalDate.class))
                .list();
    }

    /** Whether a verdict on the day ever told of gaps. */
    boolean everHadGaps(AccountId account, LocalDate day) {
        return jdbc.sql("""
                        select exists (select from orders.certificates
                          where account = ? and day = ? and final and verdict = 'GAPS')""").params(account.value(), day).query(Boolean.class).single();
    }

    /** Whether the newest verdict on any day tells of something that could not be read. */
    boolean anythingUnreadable(AccountId account) {
        return jdbc.sql("""
                        select exists (
                          select 1 from (
                            select distinct on (day) unreadable from orders.certificates where account = ?
                            order by day, checked_at desc
                          ) newest
                          where unreadable > 0)""").param(account.value()).query(Boolean.class).single();
    }

    Set<LocalDate> checkedSince(AccountId account, Instant since) {
        return Set.copyOf(jdbc.sql("select distinct day from orders.certificates where account = ? and checked_at >= ?")
                .params(account.value(), since.atOffset(UTC))
                .query((row, number) -> row.getObject(1, LocalDate.class))
                .list());
    }

    /** Orders that the archive has of a day: those that live on elsewhere or are gone do not count. */
    List<String> archived(AccountId account, LocalDate day) {
        return jdbc.sql("""
                        select external_id from orders.orders
                        where account = ? and placed_at >= ? and placed_at < ? and merged_into is null
                          and gone_at is null""")
                .params(
                        account.value(),
                        day.atStartOfDay().atOffset(UTC),
                        day.plusDays(1).atStartOfDay().atOffset(UTC))
                .query((row, number) -> row.getString(1))
                .list();
    }

    /**
     * How many orders of a day a check had to bring in and no verdict has counted yet. The archive knows, so a check that was
     * broken off forgets none.
     *
     * @param delay orders brought in sooner after their purchase may simply not have reached the feed, and were no gap
     */
    int repairedSinceTheLastVerdict(AccountId account, LocalDate day, Duration delay) {
        return jdbc.sql("""
                        select greatest(0, (
                            select count(*) from orders.orders
                            where account = :account and placed_at >= :from and placed_at < :to
                              and archived_by = :certificate and placed_at < archived_at - :delay * interval '1 second'
                          ) - (
                            select coalesce(sum(repaired), 0) from orders.certificates
                            where account = :account and day = :day))""")
                .param("account", account.value())
                .param("from", day.atStartOfDay().atOffset(UTC))
                .param("to", day.plusDays(1).atStartOfDay().atOffset(UTC))
                .param("certificate", Source.CERTIFICATE.name())
                .param("delay", delay.toSeconds())
                .param("day", day)
                .query(Integer.class)
                .single();
    }

    private static Certificate certificate(ResultSet row) throws SQLException {
        return new Certificate(
                new AccountId(row.getObject("account", UUID.class)),
                row.getObject("day", LocalDate.class),
                row.getObject("checked_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("final"),
                Verdict.valueOf(row.getString("verdict")),
                row.getInt("listed"),
                row.getInt("archived"),
                row.getInt("repaired"),
                row.getInt("refreshed"),
                row.getInt("unreadable"),
                row.getInt("unexplained"),
                HexFormat.of().formatHex(row.getBytes("hash")));
    }
}
