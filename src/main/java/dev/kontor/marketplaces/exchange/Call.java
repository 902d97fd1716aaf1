package dev.kontor.marketplaces.exchange;

import java.util.List;
import java.util.UUID;

import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceCode;

/** Who calls what, how urgently, and out of which budgets it is paid. */
public record Call(MarketplaceCode marketplace, UUID account, Operation operation, Lane lane, List<Budget> budgets) {

    public Call {
        budgets = List.copyOf(budgets);
    }
}
