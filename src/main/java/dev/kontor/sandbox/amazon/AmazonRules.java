package dev.kontor.sandbox.amazon;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a scenario may set about the simulated Amazon; other limits and lives are Amazon's own.
 *
 * @param orders before the beginning
 * @param marketplaceIds where the seller sells; most is bought in the first
 * @param delay until a search tells of an order or a change
 * @param searchesPerMinute how many searches of orders it permits and says that it does; sellers are granted more or less
 * @param patchDelay how long a change of one listing usually takes to show
 * @param feedDelay how long a feed usually takes
 * @param fba share of orders that Amazon fulfills from its own warehouses
 */
public record AmazonRules(
        @DefaultValue("300") int orders,
        @DefaultValue("2") double liveOrdersPerMinute,

        @DefaultValue("amzn1.application-oa2-client.kontor-sandbox")
        String clientId,

        @DefaultValue("kontor-sandbox-amazon-secret") String clientSecret,

        @DefaultValue("Atzr|kontor-sandbox-refresh-token") String refreshToken,

        @DefaultValue("A2KONTORSANDBX") String sellerId,
        @DefaultValue("eu") String region,
        @DefaultValue({"A1C3SOZRARQ6R3", "A1PA6795UKMFR9"}) List<String> marketplaceIds,
        @DefaultValue("1h") Duration tokenLife,
        @DefaultValue("2m") Duration delay,
        @DefaultValue("0.336") double searchesPerMinute,
        @DefaultValue("5s") Duration patchDelay,
        @DefaultValue("2m") Duration feedDelay,
        @DefaultValue("0.15") double fba) {

    @Override
    public String toString() {
        return "AmazonRules[orders=" + orders + ", marketplaceIds=" + marketplaceIds + "]";
    }
}
