package dev.kontor.sandbox.amazon;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import dev.kontor.sandbox.world.Deed.AmazonWrite;

/**
 * What a patch of a listing means for its quantity. Prices and texts may be patched too, and nothing comes of it here.
 *
 * @param write null where there is an issue, or no quantity
 * @param issue its code, null where there is none
 */
record StockPatch(@Nullable AmazonWrite write, @Nullable String issue) {

    private static final Set<String> OPERATIONS = Set.of("add", "replace", "merge", "delete");
    private static final String QUANTITY = "/attributes/fulfillment_availability";

    static StockPatch of(Ware ware, JsonNode patches) {
        AmazonWrite write = null;
        for (var patch : patches) {
            var operation = patch.path("op").asString("");
            var path = patch.path("path").asString("");
            if (!OPERATIONS.contains(operation) || !path.matches("/attributes/[a-z_]+")) {
                return new StockPatch(null, "4000003");
            }
            if (path.equals(QUANTITY)) {
                var value = patch.path("value").path(0);
                var quantity = value.path("quantity");
                if (!value.path("fulfillment_channel_code").asString("").equals("DEFAULT")
                        || !quantity.isIntegralNumber()
                        || quantity.asLong() < 0
                        || quantity.asLong() > 99_999_999) {
                    return new StockPatch(null, "90220");
                }
                var leadTime = value.path("lead_time_to_ship_max_days");
                write = new AmazonWrite(
                        ware.index(),
                        quantity.asInt(),
                        leadTime.isIntegralNumber() ? leadTime.asInt() : null,
                        operation.equals("merge"));
            }
        }
        return new StockPatch(write, null);
    }
}
