package dev.kontor.orders.archive;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.PersonalFields;
import dev.kontor.privacy.Vault;

/** The marketplace's own documents. */
@Component
public class OrderDocuments implements PersonalFields {

    private final JdbcClient jdbc;
    private final Vault vault;
    private final JsonMapper json;
    private final AuditLog audit;

    OrderDocuments(JdbcClient jdbc, Vault vault, JsonMapper json, AuditLog audit) {
        this.audit = audit;
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
    }

    private record Stored(int version, String document) {}

    /** With every personal value masked. */
    public Optional<ObjectNode> masked(OrderId order) {
        return stored(order).map(this::parse);
    }

    /**
     * As the marketplace gave it, as far as the buyer was not erased. Who read which personal fields of which order is on
     * record before this returns.
     */
    public Optional<ObjectNode> whole(OrderId order) {
        return stored(order)
                .map(stored -> vault.open(order.value(), stored.version())
                        .map(personal -> {
                            audit.recordAtOnce(
                                    Act.of("personal-data.read", "order", order).labels("fields", personal.keySet()));
                            return DocumentFields.merge(parse(stored), personal);
                        })
                        .orElseGet(() -> parse(stored)));
    }

    @Override
    public Map<String, JsonNode> of(OrderId order, UUID reader) {
        var personal = stored(order)
                .flatMap(stored -> vault.open(order.value(), stored.version()))
                .orElseGet(Map::of);
        if (!personal.isEmpty()) {
            audit.recordAtOnce(Act.of("personal-data.read", "order", order)
                    .labels("fields", personal.keySet())
                    .field("reader", reader));
        }
        return personal;
    }

    private ObjectNode parse(Stored stored) {
        return (ObjectNode) json.readTree(stored.document());
    }

    private Optional<Stored> stored(OrderId order) {
        return jdbc.sql("select version, document from orders.orders where id = ?")
                .param(order.value())
                .query((row, number) -> new Stored(row.getInt("version"), row.getString("document")))
                .optional();
    }
}
