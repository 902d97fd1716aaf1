package dev.kontor.marketplaces;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A listing of {@link FakeMarketplace}, in its own document format.
 *
 * @param status a name of {@link Listing.Status}; any other text is a status that Kontor does not know
 * @param extra further fields of the document, which Kontor does not know
 */
public record FakeListing(
        String id,
        @Nullable String sku,
        @Nullable String ean,
        String name,
        int quantity,
        String status,
        int revision,
        Map<String, String> extra) {

    static final DocumentFields FIELDS =
            new DocumentFields(Set.of("id", "sku", "ean", "name", "quantity", "status", "revision"), Set.of());

    public FakeListing {
        extra = Map.copyOf(extra);
    }

    /** A mug on sale. */
    public static FakeListing aListing(String id, @Nullable String sku, int quantity) {
        return new FakeListing(id, sku, null, "Mug", quantity, "ON_SALE", 1, Map.of());
    }

    public FakeListing withEan(String newEan) {
        return new FakeListing(id, sku, newEan, name, quantity, status, revision, extra);
    }

    public FakeListing withName(String newName) {
        return new FakeListing(id, sku, ean, newName, quantity, status, revision, extra);
    }

    public FakeListing withStatus(String newStatus) {
        return new FakeListing(id, sku, ean, name, quantity, newStatus, revision + 1, extra);
    }

    public FakeListing withQuantity(int newQuantity) {
        return new FakeListing(id, sku, ean, name, newQuantity, status, revision + 1, extra);
    }

    public FakeListing withField(String field, String value) {
        var fields = new TreeMap<>(extra);
        fields.put(field, value);
        return new FakeListing(id, sku, ean, name, quantity, status, revision, fields);
    }

    /** What buyers can buy: of a listing that has ended nothing, whatever its quantity. */
    int forSale() {
        return canonicalStatus() == Listing.Status.ON_SALE ? quantity : 0;
    }

    /** What Kontor is to make of the listing. */
    public Listing read(Instant asOf) {
        return read(false, asOf);
    }

    Listing read(boolean kept, Instant asOf) {
        return new Listing(
                id,
                null,
                sku,
                ean,
                name,
                kept ? null : quantity,
                kept,
                canonicalStatus(),
                status,
                String.valueOf(revision),
                asOf,
                document());
    }

    private Listing.Status canonicalStatus() {
        try {
            return Listing.Status.valueOf(status);
        } catch (IllegalArgumentException e) {
            return Listing.Status.UNKNOWN;
        }
    }

    public ObjectNode document() {
        var document = JsonNodeFactory.instance.objectNode();
        document.put("id", id);
        document.put("sku", sku);
        document.put("ean", ean);
        document.put("name", name);
        document.put("quantity", quantity);
        document.put("status", status);
        document.put("revision", revision);
        new TreeMap<>(extra).forEach(document::put);
        return document;
    }
}
