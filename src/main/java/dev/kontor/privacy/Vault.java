package dev.kontor.privacy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * Keeps personal data encrypted under a key of the buyer it belongs to. All writes join the caller's transaction and work
 * on whole batches.
 */
public interface Vault {

    /**
     * The personal part of one version of one document.
     *
     * @param document the caller's id of the document; with {@code version} unique
     * @param buyer the marketplace's id of the buyer; null makes the document a buyer of its own
     * @param relevantAt from when on the account's retention counts, such as the time the order was placed
     * @param values personal values by JSON pointer
     * @param searchable texts (names, e-mail address, telephone number, login) by which it may be found
     * @param copyOf another document that tells of the same person: this one belongs to the same buyer, and where that one
     *     was erased nothing is stored
     */
    record Deposit(
            UUID account,
            UUID document,
            int version,
            @Nullable String buyer,
            Instant relevantAt,
            Map<String, JsonNode> values,
            List<String> searchable,
            @Nullable UUID copyOf) {

        public Deposit(
                UUID account,
                UUID document,
                int version,
                @Nullable String buyer,
                Instant relevantAt,
                Map<String, JsonNode> values,
                List<String> searchable) {
            this(account, document, version, buyer, relevantAt, values, searchable, null);
        }

        @Override
        public String toString() {
            return "Deposit[document=" + document + ", version=" + version + "]";
        }
    }

    /**
     * @param buyer who holds the document; for a document that was erased the buyer that is no more
     * @param kept false for what was erased or may not be kept
     * @param words blind words of the searchable texts, for the caller's search index; none where nothing was stored
     */
    record Receipt(UUID document, BuyerId buyer, boolean kept, Set<Long> words) {}

    /**
     * Encrypts and stores; a version that is there already is replaced. Answers in the order of the deposits. Nothing is
     * stored for a document of a buyer who was erased, nor for what the account's retention has already ended: reading
     * an old order again does not bring erased data back. When the same person buys again, the new documents belong to a
     * new buyer.
     */
    List<Receipt> deposit(List<Deposit> deposits);

    /** Adds values to a version that is there, for the same buyer; nothing where that version was erased. */
    void add(UUID document, int version, Map<String, JsonNode> values);

    /** Tells equal values from others without telling what they are: 128 bits of a keyed hash. */
    byte[] fingerprint(Map<String, JsonNode> values);

    /** The personal values of a version; empty where the buyer was erased or nothing was deposited. */
    Optional<Map<String, JsonNode>> open(UUID document, int version);

    /** The same for many documents in one go; what cannot be opened is missing in the answer. */
    Map<UUID, Map<String, JsonNode>> openAll(Map<UUID, Integer> versions);

    /**
     * Blind words of a text that is not personal (an order number, a SKU, an offer's name), so that one index serves both
     * kinds. Keyed hashes of the normalized words: equal words of equal spelling, whatever case or accents.
     */
    Set<Long> words(Collection<String> texts);

    /**
     * Blind words of a text that is not personal and is found as a whole only, such as an order number: exactly what
     * {@link #query} looks for when somebody types it.
     */
    Set<Long> whole(String text);

    /**
     * What to look for when somebody searches for {@code query}: every element must be found. Empty when the query
     * holds no word at all.
     */
    Set<Long> query(String query);

    /**
     * Deletes all versions of documents that are needed no more, in the caller's transaction. Their buyers and keys stay
     * until retention or an erasure ends them, so an older copy of the database can still be opened until then. Documents
     * of an erased buyer keep refusing personal data.
     */
    void withdraw(Collection<UUID> documents);

    /**
     * Destroys the buyer's key for good and publishes {@link BuyerErased}. False when there is no such buyer or he was
     * erased before. It commits step by step, and therefore must not be called inside a transaction.
     */
    boolean erase(BuyerId buyer);

    /** A page of the documents that are or were the buyer's, by id. */
    List<UUID> documents(BuyerId buyer, UUID after, int most);

    /**
     * How long the account's personal data are kept after {@link Deposit#relevantAt}; whoever was not relevant for longer
     * is erased within a day. The setting {@code kontor.privacy.retention.<marketplace>} overrides what was declared, also
     * for accounts that are known already.
     *
     * @param declared what the marketplace demands; null where it demands nothing
     */
    void keepFor(UUID account, String marketplace, @Nullable Duration declared);
}
