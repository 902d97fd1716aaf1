package dev.kontor.privacy.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.BuyerRecords;
import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.KeyFile;
import dev.kontor.privacy.vault.ErasureProof.Check;
import dev.kontor.privacy.vault.ErasureProof.Reason;

import static java.time.ZoneOffset.UTC;

/** The records of erasures; the first of a buyer is the one that stays. */
@Repository
public class ErasureProofs {

    private final JdbcClient jdbc;
    private final KeyFile<BuyerKeys> file;
    private final ObjectProvider<BuyerRecords> records;
    private final Clock clock;

    ErasureProofs(JdbcClient jdbc, KeyFile<BuyerKeys> file, ObjectProvider<BuyerRecords> records, Clock clock) {
        this.jdbc = jdbc;
        this.file = file;
        this.records = records;
        this.clock = clock;
    }

    public Optional<ErasureProof> find(BuyerId buyer) {
        return jdbc.sql("select * from privacy.erasures where buyer = ?")
                .param(buyer.value())
                .query((row, _) -> proof(row))
                .optional();
    }

    public Check check(BuyerId buyer) {
        var counted = jdbc.sql("""
                        select b.leaf, count(d.ciphertext) as left, count(distinct d.document) filter (
                          where d.ciphertext is null) as closed
                        from privacy.buyers b left join privacy.deposits d on d.buyer = b.id
                        where b.id = ? group by b.leaf""")
                .param(buyer.value())
                .query((row, _) -> new Counted(row.getLong("leaf"), row.getLong("left"), row.getLong("closed")))
                .single();
        var words = records.orderedStream().mapToLong(it -> it.traces(buyer)).sum();
        var destroyed = !file.latest().covers(counted.leaf());
        return new Check(clock.instant(), destroyed, counted.left(), words, counted.closed());
    }

    private record Counted(long leaf, long left, long closed) {}

    /** Before anything is deleted, so that it can be counted. */
    void begin(Collection<UUID> buyers, Reason reason) {
        jdbc.sql("""
                        insert into privacy.erasures (buyer, account, cause, asked_by, decided_at, documents, deposits)
                        select b.id, b.account, :cause, :askedBy, :now, count(distinct d.document), count(d.document)
                        from privacy.buyers b
                        left join privacy.deposits d on d.buyer = b.id and d.ciphertext is not null
                        where b.id = any(:buyers) group by b.id, b.account
                        on conflict (buyer) do nothing""")
                .param("cause", reason.cause().name())
                .param("askedBy", reason.askedBy())
                .param("now", clock.instant().atOffset(UTC))
                .param("buyers", buyers.toArray(UUID[]::new))
                .update();
    }

    void complete(BuyerId buyer, long words, long keyGeneration, Instant at) {
        jdbc.sql("""
                        update privacy.erasures set words = :words, key_generation = :generation, completed_at = :at
                        where buyer = :buyer and completed_at is null""")
                .param("words", words)
                .param("generation", keyGeneration)
                .param("at", at.atOffset(UTC))
                .param("buyer", buyer.value())
                .update();
    }

    private static ErasureProof proof(ResultSet row) throws SQLException {
        var completedAt = row.getObject("completed_at", OffsetDateTime.class);
        return new ErasureProof(
                row.getObject("buyer", UUID.class),
                row.getObject("account", UUID.class),
                ErasureProof.Cause.valueOf(row.getString("cause")),
                row.getObject("asked_by", UUID.class),
                row.getObject("decided_at", OffsetDateTime.class).toInstant(),
                completedAt == null ? null : completedAt.toInstant(),
                row.getLong("documents"),
                row.getLong("deposits"),
                row.getLong("words"),
                row.getObject("key_generation", Long.class));
    }
}
