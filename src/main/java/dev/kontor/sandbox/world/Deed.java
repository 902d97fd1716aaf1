package dev.kontor.sandbox.world;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Something that happened and cannot be derived from the seed; all of them, in order, restore the world. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "deed")
@JsonSubTypes({
    @Type(value = Deed.Begun.class, name = "begun"),
    @Type(value = Deed.ClockSet.class, name = "clock-set"),
    @Type(value = Deed.FaultsChanged.class, name = "faults-changed"),
    @Type(value = Deed.Bought.class, name = "bought"),
    @Type(value = Deed.StockShown.class, name = "stock-shown"),
    @Type(value = Deed.OfferRemoved.class, name = "offer-removed"),
    @Type(value = Deed.OfferEdited.class, name = "offer-edited"),
    @Type(value = Deed.QuantitiesChanged.class, name = "quantities-changed"),
    @Type(value = Deed.Fulfilled.class, name = "fulfilled"),
    @Type(value = Deed.Repaired.class, name = "repaired"),
    @Type(value = Deed.DeviceAsked.class, name = "device-asked"),
    @Type(value = Deed.DeviceDecided.class, name = "device-decided"),
    @Type(value = Deed.Granted.class, name = "granted"),
    @Type(value = Deed.Revoked.class, name = "revoked"),
    @Type(value = Deed.WixBought.class, name = "wix-bought"),
    @Type(value = Deed.WixSold.class, name = "wix-sold"),
    @Type(value = Deed.WixStockWritten.class, name = "wix-stock-written"),
    @Type(value = Deed.WixRemoved.class, name = "wix-removed"),
    @Type(value = Deed.WixRepaired.class, name = "wix-repaired"),
    @Type(value = Deed.WixRevoked.class, name = "wix-revoked"),
    @Type(value = Deed.WixInstalled.class, name = "wix-installed"),
    @Type(value = Deed.WixCatalogMoved.class, name = "wix-catalog-moved"),
    @Type(value = Deed.AmazonBought.class, name = "amazon-bought"),
    @Type(value = Deed.AmazonRepaired.class, name = "amazon-repaired"),
    @Type(value = Deed.AmazonRevoked.class, name = "amazon-revoked"),
    @Type(value = Deed.AmazonShown.class, name = "amazon-shown"),
    @Type(value = Deed.AmazonRemoved.class, name = "amazon-removed"),
    @Type(value = Deed.AmazonPatched.class, name = "amazon-patched"),
    @Type(value = Deed.AmazonFed.class, name = "amazon-fed")
})
public sealed interface Deed {

    /** The story began; {@code story} names the settings it is a function of. */
    record Begun(long at, String story) implements Deed {}

    record ClockSet(long real, long world, double speed, long jumps) implements Deed {}

    record FaultsChanged(long at, Map<Fault, Double> faults) implements Deed {}

    /** Purchases beyond the story's own; of one offer, or of whatever the story has in mind. */
    record Bought(
            long at,
            int seller,
            int count,
            @Nullable Integer offer,
            @Nullable Integer quantity) implements Deed {}

    /** The seller changed a quantity by hand. */
    record StockShown(long at, int seller, int offer, int available) implements Deed {}

    /** The seller took an offer away for good. */
    record OfferRemoved(long at, int seller, int offer) implements Deed {}

    /** The seller's program edited an offer. */
    record OfferEdited(
            long at,
            int seller,
            String operation,
            int offer,
            @Nullable Integer available,
            @Nullable String status) implements Deed {}

    /** The seller's program changed the quantities of many offers by one command. */
    record QuantitiesChanged(long at, int seller, String command, boolean gain, int value, List<String> offers)
            implements Deed {}

    /** The seller, or his program, changed the fulfillment of a checkout form. */
    record Fulfilled(long at, int seller, long form, String status) implements Deed {}

    record Repaired(int seller, long form) implements Deed {}

    record DeviceAsked(long at, String deviceCode, String userCode, String scope) implements Deed {}

    record DeviceDecided(String userCode, boolean confirmed, int seller) implements Deed {}

    /** Tokens were issued, for a device code or for a refresh token. */
    record Granted(
            long at,
            String session,
            int seller,
            String scope,
            String accessToken,
            String refreshToken,
            @Nullable String deviceCode,
            @Nullable String usedRefreshToken)
            implements Deed {}

    record Revoked(String session) implements Deed {}

    /** What happens at Wix alone. */
    sealed interface OfWix extends Deed {}

    record WixBought(long at, int count) implements OfWix {}

    record WixRepaired(int order) implements OfWix {}

    /** The app was removed from the site and the owner's key destroyed. */
    record WixRevoked() implements OfWix {}

    /** The app was installed again, and the owner has another key. */
    record WixInstalled() implements OfWix {}

    record WixCatalogMoved(long at, String version) implements OfWix {}

    /** Somebody bought an article, as many as there were. */
    record WixSold(long at, int article, int quantity) implements OfWix {}

    /** Quantities were written, by the seller's program or by his hand. */
    record WixStockWritten(long at, boolean program, List<WixChange> changes) implements OfWix {}

    /**
     * @param quantity what there is from then on, null for {@code difference} more
     * @param tracked whether the quantity counts from then on, null for as before
     * @param revision under which alone the change is made, null for any
     */
    record WixChange(
            int article,
            int place,
            @Nullable Integer quantity,
            int difference,
            @Nullable Boolean tracked,
            @Nullable Long revision) {}

    /** The seller took a product away for good, with all its variants. */
    record WixRemoved(long at, String product) implements OfWix {}

    /** What happens at Amazon alone. */
    sealed interface OfAmazon extends Deed {}

    /** Orders beyond the story's own; of one listing, or of whatever the story has in mind. */
    record AmazonBought(
            long at,
            int count,
            @Nullable Integer ware,
            @Nullable Integer quantity) implements OfAmazon {}

    record AmazonRepaired(int order) implements OfAmazon {}

    /** The seller took his permission back, and may give it anew. */
    record AmazonRevoked() implements OfAmazon {}

    /** The seller changed a quantity by hand. */
    record AmazonShown(long at, int ware, int quantity) implements OfAmazon {}

    /** The seller took a listing away for good. */
    record AmazonRemoved(long at, int ware) implements OfAmazon {}

    /**
     * The seller's program wrote a quantity.
     *
     * @param merged whether what it did not name stays as it is
     */
    record AmazonWrite(int ware, int quantity, @Nullable Integer leadTime, boolean merged) {}

    record AmazonPatched(long at, AmazonWrite write) implements OfAmazon {}

    /**
     * The seller's program wrote many by one feed.
     *
     * @param issues what is wrong with which message
     * @param fatal whether the document as a whole could not be read
     */
    record AmazonFed(
            long at,
            String feed,
            List<AmazonWrite> writes,
            Map<Integer, String> issues,
            int messages,
            List<String> marketplaces,
            boolean fatal)
            implements OfAmazon {}
}
