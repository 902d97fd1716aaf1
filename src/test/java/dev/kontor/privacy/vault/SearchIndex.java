package dev.kontor.privacy.vault;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.BuyerRecords;
import dev.kontor.privacy.Vault.Receipt;

/** Does what a caller does with a receipt: keeps the words, and deletes them with the buyer. */
@TestComponent
class SearchIndex implements BuyerRecords {

    private final JdbcTemplate jdbc;

    SearchIndex(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute("create table if not exists search_index (document uuid, buyer uuid, word bigint)");
    }

    void add(List<Receipt> receipts) {
        receipts.forEach(receipt -> receipt.words()
                .forEach(word -> jdbc.update(
                        "insert into search_index values (?, ?, ?)",
                        receipt.document(),
                        receipt.buyer().value(),
                        word)));
    }

    Set<UUID> find(Set<Long> words) {
        return Set.copyOf(jdbc.query(
                "select document from search_index where word = any(?) group by document having count(distinct word) = ?",
                (row, index) -> row.getObject(1, UUID.class),
                words.toArray(Long[]::new),
                words.size()));
    }

    @Override
    public List<Section> sections() {
        return List.of(new Section(
                "words",
                (buyer, rows) -> jdbc.queryForList(
                                "select document, word from search_index where buyer = ?", buyer.value())
                        .forEach(rows)));
    }

    @Override
    public long forget(BuyerId buyer) {
        return jdbc.update("delete from search_index where buyer = ?", buyer.value());
    }

    @Override
    public long traces(BuyerId buyer) {
        return jdbc.queryForObject("select count(*) from search_index where buyer = ?", Long.class, buyer.value());
    }
}
