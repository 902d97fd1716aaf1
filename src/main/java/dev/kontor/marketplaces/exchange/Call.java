package dev.kontor.marketplaces.exchange;

import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceCode;

/**
 * Who calls what, how urgently, and out of which budgets it is paid.
 *
 * @param wanted see {@link Connection#wanted}
 */
public record Call(
        MarketplaceCode marketplace,
        UUID account,
        Operation operation,
        Lane lane,
        List<Budget> budgets,
        BooleanSupplier wanted) {

    public Call {
        budgets = List.copyOf(budgets);
    }

    public Call(MarketplaceCode marketplace, UUID account, Operation operation, Lane lane, List<Budget> budgets) {
        this(marketplace, account, operation, lane, budgets, () -> true);
    }

    public static Call of(
            MarketplaceCode marketplace, Operation operation, Connection connection, List<Budget> budgets) {
        return new Call(marketplace, connection.account(), operation, connection.lane(), budgets, connection.wanted());
    }
}
