package dev.kontor.privacy.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.privacy.BuyerId;

/** What may be told of a buyer: nothing personal. */
@Repository
public class BuyerDirectory {

    private final JdbcClient jdbc;
    private final RestoredCopies restoredCopies;

    BuyerDirectory(JdbcClient jdbc, RestoredCopies restoredCopies) {
        this.jdbc = jdbc;
        this.restoredCopies = restoredCopies;
    }

    public enum State {
        ACTIVE,
        /** Decided, but not yet done everywhere. */
        ERASING,
        ERASED
    }

    /** @param documents how many documents are or were his */
    public record BuyerView(
            UUID id,
            UUID account,
            State state,
            long documents,
            Instant firstSeenAt,
            Instant relevantAt,
            @Nullable Instant erasedAt) {}

    public Optional<BuyerView> find(BuyerId buyer) {
        restoredCopies.look();
        return jdbc.sql("""
                        select id, account, state, created_at, relevant_at, erased_at,
                          (select count(distinct document) from privacy.deposits d where d.buyer = b.id) as documents
                        from privacy.buyers b where id = ?
                        """).param(buyer.value()).query(BuyerDirectory::view).optional();
    }

    private static BuyerView view(ResultSet row, int index) throws SQLException {
        var erasedAt = row.getObject("erased_at", OffsetDateTime.class);
        return new BuyerView(
                row.getObject("id", UUID.class),
                row.getObject("account", UUID.class),
                State.valueOf(row.getString("state")),
                row.getLong("documents"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("relevant_at", OffsetDateTime.class).toInstant(),
                erasedAt == null ? null : erasedAt.toInstant());
    }
}
