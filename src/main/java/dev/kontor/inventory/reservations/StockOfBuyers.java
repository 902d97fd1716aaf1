package dev.kontor.inventory.reservations;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.BuyerRecords;
import dev.kontor.privacy.Vault;

/** What a buyer's orders have of the stock. */
@SecondaryAdapter
@Component
class StockOfBuyers implements BuyerRecords {

    private static final int PAGE = 100;

    private final JdbcClient jdbc;
    private final Vault vault;

    StockOfBuyers(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    private record Claim(UUID order, String line, UUID item, UUID warehouse, long reserved, long shipped) {}

    @Override
    public List<Section> sections() {
        return List.of(new Section("stockClaims", this::claims));
    }

    private void claims(BuyerId buyer, Consumer<Object> rows) {
        var page = vault.documents(buyer, new UUID(0, 0), PAGE);
        while (!page.isEmpty()) {
            jdbc.sql("select * from inventory.claims where order_id = any(?) order by order_id, line, item")
                    .param(page.toArray(UUID[]::new))
                    .query((row, _) -> new Claim(
                            row.getObject("order_id", UUID.class),
                            row.getString("line"),
                            row.getObject("item", UUID.class),
                            row.getObject("warehouse", UUID.class),
                            row.getLong("reserved"),
                            row.getLong("shipped")))
                    .list()
                    .forEach(rows);
            page = vault.documents(buyer, page.getLast(), PAGE);
        }
    }
}
