package dev.kontor.inventory.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.ShortageChanged.Shortage;

/** A position under its lock, while movements are added to it. */
class Balance {

    private final long id;
    private final StockAt stock;
    private long present;
    private long reserved;
    private long number;
    private Instant changedAt;
    private boolean counted;
    private final List<Movement> added = new ArrayList<>();

    Balance(long id, StockAt stock, long present, long reserved, long number, Instant changedAt) {
        this.id = id;
        this.stock = stock;
        this.present = present;
        this.reserved = reserved;
        this.number = number;
        this.changedAt = changedAt;
    }

    /** Only what somebody says can be refused; what has happened to an order is a fact. */
    Posted post(Entry entry, Instant now) {
        if (entry.change() instanceof Change.First && counted()) {
            return new Posted.Refused(present);
        }
        var by = by(entry.change());
        if (present + by.present() < 0) {
            if (entry.kind() != MovementKind.SHIPMENT) {
                return new Posted.Refused(present);
            }
            add(found(entry, -(present + by.present())), now);
        }
        return new Posted.Written(add(entry, now));
    }

    private boolean counted() {
        return counted || added.stream().anyMatch(Movement::tellsOfGoods);
    }

    /** Somebody has said before how many there are; to be told where a count is posted. */
    void wasCounted() {
        counted = true;
    }

    /** Nobody had said before how many there are; told where it was asked whether somebody had. */
    boolean first(Movement said) {
        return !counted
                && added.stream().filter(Movement::tellsOfGoods).findFirst().equals(Optional.of(said));
    }

    /** What was sent must have been there, although nobody had counted it. */
    private static Entry found(Entry shipment, long missing) {
        var cause = shipment.cause();
        return new Entry(
                shipment.key() + "/found",
                shipment.at(),
                MovementKind.CORRECTION,
                new Change.By(missing, 0),
                new Cause(cause.actor(), "more was shipped than had been counted", cause.order(), cause.line()));
    }

    private Movement add(Entry entry, Instant now) {
        var by = by(entry.change());
        present += by.present();
        reserved += by.reserved();
        number++;
        changedAt = now.isAfter(changedAt) ? now : changedAt; // a clock that goes back must not disorder the ledger
        var movement = new Movement(
                stock,
                number,
                entry.key(),
                entry.kind(),
                by.present(),
                by.reserved(),
                present,
                reserved,
                entry.cause(),
                changedAt);
        added.add(movement);
        return movement;
    }

    private Change.By by(Change change) {
        return switch (change) {
            case Change.By by -> by;
            case Change.To(long counted) -> new Change.By(counted - present, 0);
            case Change.First(long counted) -> new Change.By(counted - present, 0);
        };
    }

    /** Null where as many are short as before; a first count may make a shortage certain that was one already. */
    @Nullable
    Shortage shortage() {
        if (added.isEmpty()) {
            return null;
        }
        long before = added.getFirst().oversoldBefore();
        long after = added.getLast().oversold();
        boolean said = added.stream().anyMatch(Movement::tellsOfGoods);
        return before != after || after > 0 && said ? new Shortage(id, stock, before, after, added) : null;
    }

    long id() {
        return id;
    }

    StockAt stock() {
        return stock;
    }

    long present() {
        return present;
    }

    long reserved() {
        return reserved;
    }

    long number() {
        return number;
    }

    Instant changedAt() {
        return changedAt;
    }

    List<Movement> added() {
        return added;
    }
}
