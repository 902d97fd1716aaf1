package dev.kontor.sandbox.allegro;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.kontor.sandbox.world.Dice;

/** What a checkout form is about, as far as it never changes: who buys what and has it sent how. */
record Order(Form form, Buyer buyer, List<Line> lines, Delivery delivery, boolean cash, boolean invoice) {

    /** A way of sending, with its price in grosz. */
    record Delivery(UUID id, String name, long cost, boolean toPoint, boolean smart) {

        private static final List<Delivery> ALL = List.of(
                method("Allegro Paczkomaty InPost", 999, true),
                method("Allegro Kurier DPD", 1499, false),
                method("Allegro One Box, DPD", 899, true),
                method("Kurier InPost pobranie", 1999, false),
                method("Przesyłka pocztowa – list polecony", 1150, false),
                method("ORLEN Paczka", 949, true));

        private static Delivery method(String name, long cost, boolean toPoint) {
            return new Delivery(Dice.uuid(0, "delivery method", name.hashCode()), name, cost, toPoint, false);
        }

        static Delivery thrown(Dice dice, Buyer buyer) {
            var method = dice.pick(ALL);
            var smart = dice.chance(0.45);
            return new Delivery(
                    method.id, method.name, smart ? 0 : buyer.inOwnMoney(method.cost), method.toPoint, smart);
        }
    }

    static Order of(Purchases purchases, Form form) {
        var buyer = purchases.buyer(form.key());
        var group = purchases.group(form.key());
        var lines = new ArrayList<Line>();
        for (var key = form.merged() ? group.first() : form.key(); key <= form.key(); key++) {
            lines.addAll(Line.of(purchases, key, buyer));
        }
        var dice = Dice.of(purchases.story().seed(), "order", form.code());
        return new Order(
                form,
                buyer,
                List.copyOf(lines),
                Delivery.thrown(dice, buyer),
                purchases.cashOnDelivery(form.key()),
                buyer.company() != null || dice.chance(0.1));
    }

    /** What the buyer has to pay; the way of delivery is known only once the form is filled in. */
    long total(boolean filledIn) {
        return lines.stream().mapToLong(Line::total).sum() + (filledIn ? delivery.cost() : 0);
    }

    String currency() {
        return buyer.country().currency;
    }
}
