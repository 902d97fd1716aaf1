package dev.kontor.marketplaces;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jmolecules.architecture.hexagonal.SecondaryPort;
import org.jspecify.annotations.Nullable;

/**
 * A marketplace as Kontor sees it. Callers ask what it declares and never its name; an adapter is one nested module and
 * one bean of this type.
 */
@SecondaryPort
public interface Marketplace {

    MarketplaceCode code();

    /** The name people know it by, such as {@code Allegro}. */
    String displayName();

    Capabilities capabilities();

    /** How a seller may permit Kontor to act for him; at most one way of a kind. */
    List<Authorization> authorizations();

    default <A extends Authorization> Optional<A> authorization(Class<A> type) {
        return authorizations().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    default Optional<Authorization> authorization(Authorization.Kind kind) {
        return authorizations().stream().filter(way -> way.kind() == kind).findFirst();
    }

    /** Who the seller behind the credentials is; also the cheapest way to learn whether they still work. */
    Answer<Seller> seller(Connection connection);

    OrderFeed orders();

    /** What the seller offers there, where that can be asked. */
    default Optional<Listings> listings() {
        return Optional.empty();
    }

    /** Where quantities can be written. */
    default Optional<StockWriter> stockWriter() {
        return Optional.empty();
    }

    /** What the marketplace keeps and sends for the seller, where it does. */
    default Optional<FulfilledStock> fulfilledStock() {
        return Optional.empty();
    }

    /** What it tells by itself. */
    default Optional<Push> push() {
        return Optional.empty();
    }

    /** Which fields of an order document are known, and which of them are personal data. */
    DocumentFields orderFields();

    /** How long buyers' personal data may be kept after the order; null where the marketplace sets no limit. */
    default @Nullable Duration personalDataKept() {
        return null;
    }
}
