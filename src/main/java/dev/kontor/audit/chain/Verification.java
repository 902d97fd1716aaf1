package dev.kontor.audit.chain;

import java.security.MessageDigest;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.audit.ChainKey;
import dev.kontor.audit.chain.Links.Linked;
import dev.kontor.audit.chain.Links.Stored;
import dev.kontor.audit.chain.Verdict.Break;
import dev.kontor.audit.chain.Verdict.Kind;
import dev.kontor.audit.entries.Signature;

/** Goes over the whole chain, of one moment and in constant memory, while it grows. */
@Component
public class Verification {

    private final Links links;
    private final Signature signature;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Verification(Links links, Signature signature, PlatformTransactionManager transactions, Clock clock) {
        this.links = links;
        this.signature = signature;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.transaction.setReadOnly(true);
    }

    /** @param known an earlier head that must be in the chain; null where none is known */
    public Verdict verify(@Nullable Head known) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            var walk = new Walk(known);
            links.eachLinked(walk::linked);
            walk.end();
            links.eachUnsealed(walk::unsealed);
            return walk.verdict();
        }));
    }

    private class Walk {

        private final @Nullable Head known;
        private byte[] hash = Sealing.BEGINNING;
        private long sequence;
        private long links;
        private long unsealed;
        private long broken;
        private @Nullable Break first;

        Walk(@Nullable Head known) {
            this.known = known;
        }

        void linked(Linked linked) {
            var link = linked.link();
            var missing = link.sequence() != sequence + 1;
            if (missing) {
                note(Kind.LINK_REMOVED, sequence + 1, null);
            }
            var stored = linked.stored();
            if (stored == null) {
                note(Kind.ENTRY_REMOVED, link.sequence(), link.entry());
            } else if (!genuine(stored)) {
                note(Kind.ENTRY_CHANGED, link.sequence(), link.entry());
            } else if (!missing && !follows(linked, stored)) {
                note(Kind.LINK_CHANGED, link.sequence(), link.entry());
            }
            if (known != null
                    && known.sequence() == link.sequence()
                    && !known.equals(Head.of(link.sequence(), link.hash()))) {
                note(Kind.HEAD_CHANGED, link.sequence(), link.entry());
            }
            hash = link.hash(); // so that one break is told of once
            sequence = link.sequence();
            links++;
        }

        void end() {
            if (known != null && known.sequence() > sequence) {
                note(Kind.TAIL_REMOVED, sequence + 1, null);
            }
        }

        void unsealed(Stored stored) {
            unsealed++;
            if (!genuine(stored)) {
                note(Kind.ENTRY_INSERTED, null, stored.entry().id());
            }
        }

        Verdict verdict() {
            return new Verdict(
                    links, unsealed, broken, first, links == 0 ? null : Head.of(sequence, hash), clock.instant());
        }

        private boolean genuine(Stored stored) {
            return MessageDigest.isEqual(stored.mac(), signature.of(stored.entry()));
        }

        private boolean follows(Linked linked, Stored stored) {
            var link = linked.link();
            return MessageDigest.isEqual(
                    link.hash(), signature.of(hash, link.sequence(), link.entry(), stored.mac(), link.sealedAt()));
        }

        private void note(Kind kind, @Nullable Long at, @Nullable UUID entry) {
            broken++;
            if (first == null) {
                first = new Break(kind, at, entry);
            }
        }
    }

    /** For who looks at a database without starting Kontor. */
    public static Verification of(
            JdbcTemplate jdbc, ChainKey key, PlatformTransactionManager transactions, Clock clock) {
        return new Verification(new Links(jdbc), new Signature(key), transactions, clock);
    }
}
