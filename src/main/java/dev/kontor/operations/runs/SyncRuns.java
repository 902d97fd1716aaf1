package dev.kontor.operations.runs;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;

import static java.time.ZoneOffset.UTC;

@Repository
public class SyncRuns {

    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    SyncRuns(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Which runs are meant; null means any. */
    public record Filter(
            @Nullable UUID account,
            @Nullable String kind,
            @Nullable Status status) {}

    /** Where a page ended. */
    public record Position(Instant finishedAt, UUID id) {}

    /** A run that is told of twice is kept once. */
    void add(RunFinished run) {
        var account = run.account();
        jdbc.sql("select daily_partition('operations.sync_runs', ?)")
                .param(LocalDate.ofInstant(run.finishedAt(), UTC))
                .query((row, number) -> true)
                .list();
        jdbc.sql("""
                        insert into operations.sync_runs (id, account, kind, status, read, changed, skipped, started_at,
                          finished_at, error)
                        values (:id, :account, :kind, :status, :read, :changed, :skipped::jsonb, :startedAt, :finishedAt,
                          :error)
                        on conflict do nothing""")
                .param("id", run.id())
                .param("account", account == null ? null : account.value())
                .param("kind", run.kind())
                .param("status", run.status().name())
                .param("read", run.read())
                .param("changed", run.changed())
                .param("skipped", json.writeValueAsString(run.skipped()))
                .param("startedAt", run.startedAt().atOffset(UTC))
                .param("finishedAt", run.finishedAt().atOffset(UTC))
                .param("error", run.error())
                .update();
    }

    void dropBefore(LocalDate day) {
        jdbc.sql("select drop_daily_partitions('operations.sync_runs', ?)")
                .param(day)
                .query((row, number) -> true)
                .list();
    }

    /** The newest first. */
    public List<RunFinished> list(Filter filter, @Nullable Position after, int limit) {
        var conditions = new ArrayList<String>(List.of("true"));
        var parameters = new HashMap<String, Object>();
        if (filter.account() != null) {
            conditions.add("account = :account");
            parameters.put("account", filter.account());
        }
        if (filter.kind() != null) {
            conditions.add("kind = :kind");
            parameters.put("kind", filter.kind());
        }
        if (filter.status() != null) {
            conditions.add("status = :status");
            parameters.put("status", filter.status().name());
        }
        if (after != null) {
            conditions.add("(finished_at, id) < (:finishedAt, :id)");
            parameters.put("finishedAt", after.finishedAt().atOffset(UTC));
            parameters.put("id", after.id());
        }
        parameters.put("limit", limit);
        return jdbc.sql("select * from operations.sync_runs where " + String.join(" and ", conditions)
                        + " order by finished_at desc, id desc limit :limit")
                .params(parameters)
                .query((row, number) -> new RunFinished(
                        row.getObject("id", UUID.class),
                        account(row.getObject("account", UUID.class)),
                        row.getString("kind"),
                        Status.valueOf(row.getString("status")),
                        row.getLong("read"),
                        row.getLong("changed"),
                        json.readValue(row.getString("skipped"), COUNTS),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getObject("finished_at", OffsetDateTime.class).toInstant(),
                        row.getString("error")))
                .list();
    }

    private static @Nullable AccountId account(@Nullable UUID id) {
        return id == null ? null : new AccountId(id);
    }
}
