package dev.kontor.marketplaces.wix;

import java.time.Clock;

import dev.kontor.marketplaces.Drift;

/** The adapter, put together as Spring does it. */
final class WixFixtures {

    private WixFixtures() {}

    static Wix wix(WixCalls calls, WixApp app, WixProperties properties, Drift drift, Clock clock) {
        return wix(calls, app, properties, drift, clock, "");
    }

    /** @param webhookKey with which Wix proves that it is Wix */
    static Wix wix(WixCalls calls, WixApp app, WixProperties properties, Drift drift, Clock clock, String webhookKey) {
        var catalogs = new Catalogs(calls, clock);
        var older = new StockV1(calls, clock);
        var items = new StockItems(calls);
        return new Wix(
                catalogs,
                app,
                new WixApiKey(),
                new WixOrderFeed(calls, properties, new WixReader(drift, properties)),
                new WixListings(
                        catalogs,
                        new ListingsV1(calls, properties, older, drift),
                        new ListingsV3(calls, properties, items, drift)),
                new WixStock(catalogs, older, new StockV3(calls, items)),
                new WixPush(new WixWebhookProperties(webhookKey), properties));
    }
}
