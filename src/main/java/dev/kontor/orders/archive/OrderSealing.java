package dev.kontor.orders.archive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.stereotype.Component;
import org.springframework.util.ConcurrentLruCache;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.privacy.Vault;

/** Parts an order from its personal data: those go to the vault, the rest to the archive. */
@Component
class OrderSealing {

    /** Names and SKUs of so many offers are at hand: the same goods are sold again and again. */
    private static final int OFFERS = 4_000;

    private final Marketplaces marketplaces;
    private final Vault vault;
    private final ConcurrentLruCache<String, Set<Long>> wordsOfOffers;

    OrderSealing(Marketplaces marketplaces, Vault vault) {
        this.marketplaces = marketplaces;
        this.vault = vault;
        this.wordsOfOffers = new ConcurrentLruCache<>(OFFERS, text -> Set.copyOf(vault.words(List.of(text))));
    }

    PreparedOrder prepare(AccountView account, MarketplaceOrder order) {
        var split = marketplaces.get(account.marketplace()).orderFields().split(order.document());
        var content = SplitDocument.of(split.masked(), split.personal(), vault);
        return new PreparedOrder(order.withoutDocument(), content, openWords(order));
    }

    /** Deposits the personal values of every version. */
    List<SealedVersion> deposit(AccountView account, List<OrderVersion> versions) {
        var receipts = vault.deposit(versions.stream()
                .map(version -> new Vault.Deposit(
                        account.id().value(),
                        version.id(),
                        version.version(),
                        version.order().buyer().id(),
                        version.order().placedAt(),
                        version.content().personal(),
                        version.order().buyer().searchable()))
                .toList());
        var sealed = new ArrayList<SealedVersion>(versions.size());
        for (int index = 0; index < versions.size(); index++) {
            var version = versions.get(index);
            var receipt = receipts.get(index);
            sealed.add(new SealedVersion(version, receipt.buyer().value(), receipt.kept(), receipt.words()));
        }
        return sealed;
    }

    /** An order is found by its number as a whole, and by SKU and words of the offers' names. */
    Set<Long> openWords(MarketplaceOrder order) {
        var words = new HashSet<>(vault.whole(order.number()));
        for (var line : order.lines()) {
            words.addAll(wordsOfOffers.get(line.name()));
            if (line.sku() != null) {
                words.addAll(wordsOfOffers.get(line.sku()));
            }
        }
        return words;
    }
}
