package dev.kontor.sandbox.wix;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a scenario may set about the simulated Wix; limits and lives are Wix's own.
 *
 * @param orders before the beginning
 * @param webhooks where and how events are told
 * @param elsewhere share of the articles that lie in a second place as well, which only Catalog V3 knows
 * @param catalog {@code V1_CATALOG}, {@code V3_CATALOG} or {@code STORES_NOT_INSTALLED}
 */
public record SiteRules(
        @DefaultValue("400") int orders,
        @DefaultValue("3") double liveOrdersPerMinute,

        @DefaultValue("6b1d0c3e-6b6f-4e0c-9d58-3f1f0d2a7c11")
        String appId,

        @DefaultValue("kontor-sandbox-app-secret") String appSecret,

        @DefaultValue("0f5c9c64-52f7-4a39-8f0b-6f7a5b0e9d21")
        String instanceId,

        @DefaultValue("a3c1f1d8-0a52-4f0e-b8b8-1d6f5e7c4b31")
        String siteId,

        @DefaultValue("IST.kontor-sandbox-key") String apiKey,
        @DefaultValue("V3_CATALOG") String catalog,
        @DefaultValue("0.05") double elsewhere,
        @DefaultValue("4h") Duration tokenLife,
        @DefaultValue("200") int requestsPerMinute,
        @DefaultValue WebhookRules webhooks) {

    @Override
    public String toString() {
        return "SiteRules[orders=" + orders + ", catalog=" + catalog + "]";
    }
}
