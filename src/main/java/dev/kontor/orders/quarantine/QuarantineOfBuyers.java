package dev.kontor.orders.quarantine;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.BuyerRecords;
import dev.kontor.privacy.Vault;

/** Records in quarantine that tell of a buyer; what they say is in the vault. */
@SecondaryAdapter
@Component
class QuarantineOfBuyers implements BuyerRecords {

    private static final int PAGE = 100;

    private final JdbcClient jdbc;
    private final Vault vault;

    QuarantineOfBuyers(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    @Override
    public List<Section> sections() {
        return List.of(new Section("quarantine", this::quarantine));
    }

    private void quarantine(BuyerId buyer, Consumer<Object> rows) {
        var page = vault.documents(buyer, new UUID(0, 0), PAGE);
        while (!page.isEmpty()) {
            jdbc.sql("select * from orders.quarantine where id = any(?) order by id")
                    .param(page.toArray(UUID[]::new))
                    .query((row, _) -> QuarantineEntries.entry(row).withoutAcknowledgement())
                    .list()
                    .forEach(rows);
            page = vault.documents(buyer, page.getLast(), PAGE);
        }
    }
}
