package dev.kontor.sandbox.allegro;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Dice;

/** Tells which checkout forms exist at an instant and what they look like. */
final class Forms {

    private final Purchases purchases;
    private final Edits edits;
    private final long seed;

    Forms(Purchases purchases, Edits edits) {
        this.purchases = purchases;
        this.edits = edits;
        this.seed = purchases.story().seed();
    }

    UUID id(Form form) {
        return form.id(seed);
    }

    @Nullable
    Form byId(String text) {
        try {
            return Form.of(seed, UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The form under which a purchase is found at an instant. */
    Form formOf(int key, long at) {
        var group = purchases.group(key);
        return group.merged() && purchases.mergedAt(group) <= at ? new Form(group.last(), true) : new Form(key, false);
    }

    boolean exists(Form form, long at) {
        return purchases.boughtAt(form.key()) <= at
                && !purchases.refused(form.key())
                && formOf(form.key(), at).equals(form);
    }

    /** Null before its time and after it was merged away. */
    @Nullable
    FormState stateOf(Form form, long at) {
        return exists(form, at) ? state(form, at) : null;
    }

    /** What the form looks, or looked, like, for one that existed at that instant. */
    FormState state(Form form, long at) {
        var edited = edits.until(form, at);
        var status = "BOUGHT";
        var fulfillment = "NEW";
        var passed = new ArrayList<Step>(8);
        var boughtAt = 0L;
        var updatedAt = 0L;
        var sellersSteps = edited.isEmpty() ? Long.MAX_VALUE : edited.getFirst().at();
        for (var step : purchases.life(form.key())) {
            var byScript = !step.kind().buyers && step.at() >= sellersSteps;
            if (step.at() > at || byScript) {
                continue;
            }
            passed.add(step);
            boughtAt = step.kind() == Step.Kind.BOUGHT ? step.at() : boughtAt;
            updatedAt = step.kind().buyers ? step.at() : updatedAt;
            fulfillment = step.kind().fulfillment == null ? fulfillment : step.kind().fulfillment;
            status = switch (step.kind()) {
                case BOUGHT -> "BOUGHT";
                case FILLED_IN -> "FILLED_IN";
                case READY, SURCHARGE_PAID, BUYER_MODIFIED -> "READY_FOR_PROCESSING";
                case BUYER_CANCELLED, AUTO_CANCELLED -> "CANCELLED";
                case PROCESSING, SENT, PICKED_UP -> status;
            };
        }
        for (var edit : edited) {
            fulfillment = edit.status();
        }
        return new FormState(form, passed, status, fulfillment, boughtAt, updatedAt, passed.size() + edited.size());
    }

    String revision(FormState state) {
        var hash = Dice.hash(seed + state.form().code(), "revision", state.changes());
        return HexFormat.of().toHexDigits((int) hash);
    }
}
