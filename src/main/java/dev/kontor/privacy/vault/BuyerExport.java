package dev.kontor.privacy.vault;

import java.io.OutputStream;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.BuyerRecords;
import dev.kontor.privacy.BuyerRecords.Section;

/** Everything that Kontor holds about one buyer, in the clear, as one document; a page at a time in memory. */
@Service
public class BuyerExport {

    private static final int PAGE = 100;

    private final BuyerDirectory buyers;
    private final Deposits deposits;
    private final DepositKeys keys;
    private final ObjectProvider<BuyerRecords> records;
    private final AuditLog audit;
    private final JsonMapper json;
    private final Clock clock;

    BuyerExport(
            BuyerDirectory buyers,
            Deposits deposits,
            DepositKeys keys,
            ObjectProvider<BuyerRecords> records,
            AuditLog audit,
            JsonMapper json,
            Clock clock) {
        this.buyers = buyers;
        this.deposits = deposits;
        this.keys = keys;
        this.records = records;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /** A version of a document and what in it is personal, by JSON pointer. */
    private record PersonalData(UUID document, int version, Map<String, JsonNode> values) {}

    /** Nothing is written, and the answer is false, where there is no such buyer. */
    public boolean write(BuyerId buyer, OutputStream target) {
        var known = buyers.find(buyer);
        known.ifPresent(view -> write(buyer, view, target));
        return known.isPresent();
    }

    private void write(BuyerId buyer, BuyerDirectory.BuyerView view, OutputStream target) {
        audit.recordAtOnce(Act.of("personal-data.read", "buyer", buyer.value()).label("fields", "everything"));
        try (var writer = json.createGenerator(target)) {
            writer.writeStartObject();
            writer.writePOJOProperty("exportedAt", clock.instant());
            writer.writePOJOProperty("buyer", view);
            writer.writeNumberProperty(
                    "searchWords",
                    records.orderedStream().mapToLong(it -> it.traces(buyer)).sum());
            section(new Section("personalData", this::personalData), buyer, writer);
            records.orderedStream().flatMap(it -> it.sections().stream()).forEach(it -> section(it, buyer, writer));
            writer.writeEndObject();
        }
    }

    private static void section(Section section, BuyerId buyer, tools.jackson.core.JsonGenerator writer) {
        writer.writeArrayPropertyStart(section.name());
        section.rows().accept(buyer, writer::writePOJO);
        writer.writeEndArray();
    }

    /** All that the vault has: of orders, of former versions of them, and of records that could not be read. */
    private void personalData(BuyerId buyer, Consumer<Object> rows) {
        var known = keys.known();
        var page = deposits.page(buyer, new UUID(0, 0), -1, PAGE);
        while (!page.isEmpty()) {
            for (var it : keys.open(known, page)) {
                rows.accept(new PersonalData(it.sealed().document(), it.sealed().version(), it.values()));
            }
            known = keys.known();
            page = deposits.page(
                    buyer, page.getLast().document(), page.getLast().version(), PAGE);
        }
    }
}
