package dev.kontor.marketplaces.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What was said to marketplaces and what they answered, newest first. */
@Component
public class ExchangeLog {

    /** The last entry of a page. */
    public record Position(Instant at, long id) {}

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ExchangeLog(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * @param account only of this account, or of all
     * @param from only from this instant on, or from the oldest
     * @param after older than this entry, or from the newest
     */
    public List<LoggedAttempt> entries(
            @Nullable UUID account, @Nullable Instant from, @Nullable Position after, int limit) {
        var where = new StringBuilder("where true");
        where.append(account == null ? "" : " and account = :account");
        where.append(from == null ? "" : " and at >= :from");
        where.append(after == null ? "" : " and (at, id) < (:at, :id)");
        var query = jdbc.sql(
                        "select * from marketplaces.exchange_log " + where + " order by at desc, id desc limit :limit")
                .param("limit", limit);
        if (account != null) {
            query = query.param("account", account);
        }
        if (from != null) {
            query = query.param("from", Timestamp.from(from));
        }
        if (after != null) {
            query = query.param("at", Timestamp.from(after.at())).param("id", after.id());
        }
        return query.query((row, number) -> entry(row)).list();
    }

    private LoggedAttempt entry(ResultSet row) throws SQLException {
        var headers = row.getString("rate_headers");
        return new LoggedAttempt(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                row.getObject("account", UUID.class),
                row.getString("marketplace"),
                row.getString("operation"),
                row.getString("method"),
                row.getString("path"),
                row.getObject("status", Integer.class),
                row.getInt("latency_ms"),
                headers == null ? Map.of() : json.readValue(headers, HEADERS),
                row.getString("trace_id"),
                row.getInt("attempt"),
                row.getString("outcome"),
                row.getString("body"));
    }
}
