package dev.kontor.sandbox.amazon;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.world.Fault;

/** FBA Inventory, version 1: what lies in Amazon's warehouses. */
final class FbaApi {

    private static final int PAGE = 50;
    private static final long TOKEN_LIFE = 30_000;

    private final AmazonWorld world;

    FbaApi(AmazonWorld world) {
        this.world = world;
    }

    void add(AmazonSite.Operations operations) {
        operations.on("GET", "/fba/inventory/v1/summaries", new Plan("getInventorySummaries", 2, 2), this::summaries);
    }

    private Reply summaries(Call call) throws AmazonProblem {
        var query = new ListingApi.Query(call);
        var marketplace = query.one("marketplaceIds");
        if (!"Marketplace".equals(query.one("granularityType"))
                || marketplace == null
                || !marketplace.equals(query.one("granularityId"))
                || !world.rules().marketplaceIds().contains(marketplace)) {
            throw AmazonProblem.invalid("granularityType, granularityId and one marketplaceIds are required.");
        }
        var wanted = new HashSet<>(query.all("sellerSkus"));
        if (wanted.size() > 50) {
            throw AmazonProblem.invalid("At most 50 sellerSkus are possible.");
        }
        var found = world.listings().stream()
                .filter(seen -> seen.ware().fba() && seen.ware().marketplaces().contains(marketplace))
                .filter(seen -> wanted.isEmpty() || wanted.contains(seen.ware().sku()))
                .toList();
        if (found.isEmpty() && wanted.isEmpty()) {
            throw AmazonProblem.invalid("The seller does not use Fulfillment by Amazon.");
        }
        return Reply.json(
                200, page(found, position(query.one("nextToken")), "true".equals(query.one("details")), marketplace));
    }

    private ObjectNode page(List<Shelf.Seen> found, int start, boolean details, String marketplace) {
        var answer = JsonNodeFactory.instance.objectNode();
        var payload = answer.putObject("payload");
        payload.putObject("granularity").put("granularityType", "Marketplace").put("granularityId", marketplace);
        var summaries = payload.putArray("inventorySummaries");
        found.stream().skip(start).limit(PAGE).forEach(seen -> summaries.add(summary(seen, details)));
        if (found.size() > start + PAGE) {
            answer.putObject("pagination").put("nextToken", (start + PAGE) + "." + (world.wall() + TOKEN_LIFE));
        }
        return answer;
    }

    private int position(@Nullable String token) throws AmazonProblem {
        if (token == null) {
            return 0;
        }
        if (!token.matches("\\d{1,9}\\.\\d{1,15}")
                || Long.parseLong(token.substring(token.indexOf('.') + 1)) < world.wall()) {
            throw AmazonProblem.invalid("The nextToken is not valid, or has expired.");
        }
        return Integer.parseInt(token.substring(0, token.indexOf('.')));
    }

    private ObjectNode summary(Shelf.Seen seen, boolean details) {
        var ware = seen.ware();
        var look = seen.look();
        var summary = JsonNodeFactory.instance
                .objectNode()
                .put("asin", ware.asin())
                .put("fnSku", "X00" + ware.asin().substring(2, 9))
                .put("sellerSku", ware.sku())
                .put("condition", "NewItem")
                .put("lastUpdatedTime", Instant.ofEpochMilli(look.updatedAt()).toString())
                .put("productName", ware.name())
                .put("totalQuantity", look.fulfillable() + look.reserved() + look.inbound());
        if (details) {
            var quantities = summary.putObject("inventoryDetails")
                    .put("fulfillableQuantity", look.fulfillable())
                    .put("inboundWorkingQuantity", 0)
                    .put("inboundShippedQuantity", look.inbound())
                    .put("inboundReceivingQuantity", 0);
            quantities
                    .putObject("reservedQuantity")
                    .put("totalReservedQuantity", look.reserved())
                    .put("pendingCustomerOrderQuantity", look.reserved())
                    .put("pendingTransshipmentQuantity", 0)
                    .put("fcProcessingQuantity", 0);
            quantities.putObject("researchingQuantity").put("totalResearchingQuantity", 0);
            quantities.putObject("unfulfillableQuantity").put("totalUnfulfillableQuantity", 0);
            if (world.shelf().badness(ware) == Fault.MALFORMED) {
                quantities.put("fulfillableQuantity", "kilka");
            }
        }
        return summary;
    }
}
