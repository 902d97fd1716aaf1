package dev.kontor.inventory.ledger;

import org.springframework.stereotype.Component;

import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;
import dev.kontor.audit.Act;
import dev.kontor.inventory.ledger.Entry.Change;

/** What a person or a program says of the seller's own stock. */
@Component
public class ManualMovements {

    private final SharedPosting ledger;

    ManualMovements(SharedPosting ledger) {
        this.ledger = ledger;
    }

    /**
     * @param quantity how many came in or back; by how many it is wrong; how many there are, where they were counted
     * @param key makes it one movement, however often this actor asks for it
     */
    public record MoveStock(String key, StockAt stock, MovementKind kind, long quantity, String actor, String reason) {}

    /** @param repeated the movement was written before */
    public record Moved(Movement movement, boolean repeated) {}

    /** Not called inside a transaction. */
    public Moved move(MoveStock command) {
        var entry = new Entry(
                "request/" + command.actor() + "/" + command.key(),
                command.stock(),
                command.kind(),
                change(command),
                Cause.of(command.actor(), command.reason()));
        return switch (ledger.post(entry, ManualMovements::told)) {
            case Posted.Written(var movement) -> new Moved(movement, false);
            case Posted.Repeated(var movement) -> repeated(movement, command);
            case Posted.Refused(var present) ->
                throw new InvalidField("quantity", "would leave fewer than none: there are " + present);
        };
    }

    /** What the person wrote as the reason stays with the movement. */
    private static Act told(Movement movement) {
        return Act.of("stock.moved", "item", movement.stock().item())
                .field("warehouse", movement.stock().warehouse())
                .field("movement", movement.number())
                .field("kind", movement.kind())
                .field("present", movement.presentAfter() - movement.present(), movement.presentAfter())
                .hidden("reason");
    }

    private static Change change(MoveStock command) {
        return switch (command.kind()) {
            case RECEIPT, RETURN -> new Change.By(atLeast(1, command.quantity()), 0);
            case COUNT, IMPORT -> new Change.To(atLeast(0, command.quantity()));
            case CORRECTION -> {
                if (command.quantity() == 0) {
                    throw new InvalidField("quantity", "must not be 0");
                }
                yield new Change.By(command.quantity(), 0);
            }
            case RESERVATION, SHIPMENT, RELEASE ->
                throw new InvalidField("kind", "must be one of RECEIPT, COUNT, CORRECTION, RETURN");
        };
    }

    private static long atLeast(long least, long quantity) {
        if (quantity < least) {
            throw new InvalidField("quantity", "must be at least " + least);
        }
        return quantity;
    }

    private static Moved repeated(Movement before, MoveStock command) {
        var counted = command.kind() == MovementKind.COUNT || command.kind() == MovementKind.IMPORT;
        var same = before.stock().equals(command.stock())
                && before.kind() == command.kind()
                && (counted ? before.presentAfter() : before.present()) == command.quantity()
                && before.cause().reason().equals(command.reason());
        if (!same) {
            throw new Conflict("idempotency-key-reused", "This Idempotency-Key was used for another movement before.");
        }
        return new Moved(before, true);
    }
}
