package dev.kontor.marketplaces.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.kontor.marketplaces.Authorization;
import dev.kontor.marketplaces.Capabilities;
import dev.kontor.marketplaces.Capability;
import dev.kontor.marketplaces.DeviceAuthorization;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.EnteredAuthorization;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.OrderFeed;
import dev.kontor.marketplaces.StockWriter;

/**
 * A marketplace as the interface shows it.
 *
 * @param stock how quantities are written there; several where it depends on the account, none where they are not
 * @param drift what it sends and this version of Kontor does not know
 */
record MarketplaceView(
        String code,
        String displayName,
        List<AuthorizationView> authorizations,
        Map<Capability, Capabilities.Support> capabilities,
        RetentionView retention,
        List<StockView> stock,
        List<DriftView> drift) {

    /** @param fields what the seller enters; none where he confirms a code */
    record AuthorizationView(Authorization.Kind kind, List<FieldView> fields) {
        static AuthorizationView of(Authorization way) {
            var fields = switch (way) {
                case DeviceAuthorization ignored -> List.<EnteredAuthorization.Field>of();
                case EnteredAuthorization entered -> entered.fields();
            };
            return new AuthorizationView(
                    way.kind(), fields.stream().map(FieldView::of).toList());
        }
    }

    record FieldView(String name, boolean secret, String pattern, String rule) {
        static FieldView of(EnteredAuthorization.Field field) {
            return new FieldView(field.name(), field.secret(), field.pattern(), field.rule());
        }
    }

    /** Lengths as ISO 8601 durations. */
    record RetentionView(Duration changes, Duration orders, Duration delay) {
        static RetentionView of(OrderFeed.Retention retention) {
            return new RetentionView(retention.changes(), retention.orders(), retention.delay());
        }
    }

    /**
     * Lengths as ISO 8601 durations.
     *
     * @param groupSize how many changes travel together
     * @param readSize of how many listings one reading tells
     * @param later whether the outcome comes later and has to be asked for
     * @param minimumInterval between two writes to one listing
     * @param longestDelay after which a write without an outcome can no longer take effect
     * @param readingLag how old what is read may be
     * @param zero whether a plain quantity may be zero
     * @param endsAtZero whether a listing ends when nothing is left
     */
    record StockView(
            Set<StockWriter.Kind> kinds,
            int groupSize,
            int readSize,
            boolean later,
            Duration minimumInterval,
            Duration longestDelay,
            Duration readingLag,
            boolean zero,
            boolean endsAtZero) {
        static StockView of(StockWriter.Terms terms) {
            return new StockView(
                    new TreeSet<>(terms.kinds()),
                    terms.groupSize(),
                    terms.readSize(),
                    terms.later(),
                    terms.minimumInterval(),
                    terms.longestDelay(),
                    terms.readingLag(),
                    terms.zero(),
                    terms.endsAtZero());
        }
    }

    record DriftView(Drift.Kind kind, String name, Instant firstSeenAt, Instant lastSeenAt, long count) {
        static DriftView of(Drift.Sighting sighting) {
            return new DriftView(
                    sighting.kind(), sighting.name(), sighting.firstSeenAt(), sighting.lastSeenAt(), sighting.count());
        }
    }

    static MarketplaceView of(Marketplace marketplace, List<Drift.Sighting> sightings) {
        return new MarketplaceView(
                marketplace.code().value(),
                marketplace.displayName(),
                marketplace.authorizations().stream().map(AuthorizationView::of).toList(),
                new TreeMap<>(marketplace.capabilities().stances()),
                RetentionView.of(marketplace.orders().retention()),
                marketplace.stockWriter().stream()
                        .flatMap(writer -> writer.possibleTerms().stream())
                        .map(StockView::of)
                        .toList(),
                sightings.stream()
                        .filter(sighting -> sighting.marketplace().equals(marketplace.code()))
                        .map(DriftView::of)
                        .toList());
    }
}
