package dev.kontor.privacy;

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
     * @param values personal values by JSON pointer
     * @param searchable texts (names, e-mail address, telephone number, login) by which it may be found
     */
    record Deposit(
            UUID account,
            UUID document,
            int version,
            @Nullable String buyer,
            Map<String, JsonNode> values,
            List<String> searchable) {
        @Override
        public String toString() {
            return "Deposit[document=" + document + ", version=" + version + "]";
        }
    }

    /**
     * @param words blind words of the searchable texts, for the caller's search index
     */
    record Receipt(UUID document, BuyerId buyer, Set<Long> words) {}

    /** Encrypts and stores; a version that is there already is replaced. Answers in the order of the deposits. */
    List<Receipt> deposit(List<Deposit> deposits);

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
     * What to look for when somebody searches for {@code query}: every element must be found. Empty when the query
     * holds no word at all.
     */
    Set<Long> query(String query);

    /** Destroys the buyer's key for good. False when there is no such buyer or he was erased before. */
    boolean erase(BuyerId buyer);
}
