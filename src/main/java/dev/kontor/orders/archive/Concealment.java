package dev.kontor.orders.archive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.archive.KeptOrders.Kept;
import dev.kontor.privacy.Vault;

/** Hides in kept documents what was not known to be personal when they were archived. */
@Repository
public class Concealment {

    private final JdbcTemplate jdbc;
    private final Marketplaces marketplaces;
    private final Vault vault;
    private final JsonMapper json;

    Concealment(JdbcTemplate jdbc, Marketplaces marketplaces, Vault vault, JsonMapper json) {
        this.jdbc = jdbc;
        this.marketplaces = marketplaces;
        this.vault = vault;
        this.json = json;
    }

    /**
     * A version that shows something personal.
     *
     * @param masked what it is to be replaced by
     * @param values what it shows, by JSON pointer
     */
    public record Exposed(OrderId order, int version, ObjectNode masked, Map<String, JsonNode> values) {
        @Override
        public String toString() {
            return "Exposed[" + order + ", version=" + version + ", " + values.keySet() + "]";
        }
    }

    /** In the orders' documents, and in those of former versions. */
    public List<Exposed> find(AccountView account, List<Kept> orders) {
        var fields = marketplaces.get(account.marketplace()).orderFields();
        var found = new ArrayList<Exposed>();
        orders.forEach(kept -> look(fields, kept.view().id(), kept.view().version(), kept.document(), found));
        jdbc.query(
                "select order_id, version, document from orders.revisions where order_id = any(?)",
                row -> {
                    look(
                            fields,
                            new OrderId(row.getObject("order_id", UUID.class)),
                            row.getInt("version"),
                            (ObjectNode) json.readTree(row.getString("document")),
                            found);
                },
                (Object) orders.stream().map(kept -> kept.view().id().value()).toArray(UUID[]::new));
        return found;
    }

    private static void look(
            DocumentFields fields, OrderId order, int version, ObjectNode document, List<Exposed> found) {
        var split = fields.split(document);
        var shown = new HashMap<>(split.personal());
        shown.values().removeIf(value -> value.isString() && DocumentFields.MASK.equals(value.stringValue()));
        if (!shown.isEmpty()) {
            found.add(new Exposed(order, version, split.masked(), shown));
        }
    }

    /** The values go to the vault, or nowhere where their buyer was erased. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hide(List<Exposed> versions) {
        for (var exposed : versions) {
            var order = exposed.order().value();
            var document = exposed.masked().toString();
            vault.add(order, exposed.version(), exposed.values());
            jdbc.update(
                    "update orders.orders set document = ?::jsonb where id = ? and version = ?",
                    document,
                    order,
                    exposed.version());
            jdbc.update(
                    "update orders.revisions set document = ?::jsonb where order_id = ? and version = ?",
                    document,
                    order,
                    exposed.version());
        }
    }
}
