package dev.kontor.sandbox.allegro;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Faults;
import dev.kontor.sandbox.world.Story;

/** One seller: his story so far, and the documents that tell it. */
final class Shop {

    private final int number;
    private final Story story;
    private final Faults faults;
    private final Purchases purchases;
    private final Edits edits = new Edits();
    private final Forms forms;
    private final Timeline timeline;
    private final Shelf shelf;
    private final Allowances allowances;
    private final Set<Form> repaired = ConcurrentHashMap.newKeySet();

    Shop(int number, Story story, Rules rules, Faults faults, long start, Object time) {
        this.number = number;
        this.story = story;
        this.faults = faults;
        this.purchases = new Purchases(story, start);
        this.forms = new Forms(purchases, edits);
        this.shelf = new Shelf(story.seed(), story.catalog(), purchases.cast()::product, rules, faults, time);
        this.allowances = new Allowances(rules.limited(), Clock.systemUTC());
        this.timeline = new Timeline(
                purchases, edits, shelf, faults, start - rules.logRetention().toMillis(), time);
    }

    int number() {
        return number;
    }

    String id() {
        return Integer.toString(44_000_001 + number);
    }

    String login() {
        return "sklep-kontor-" + (number + 1);
    }

    Timeline timeline() {
        return timeline;
    }

    Shelf shelf() {
        return shelf;
    }

    Allowances allowances() {
        return allowances;
    }

    Forms forms() {
        return forms;
    }

    Purchases purchases() {
        return purchases;
    }

    long seed() {
        return story.seed();
    }

    void edit(long at, Form form, String status) {
        timeline.edit(new Edits.Edit(at, form, status));
    }

    void repair(Form form) {
        repaired.add(form);
    }

    /** The document as it should be. */
    ObjectNode trueDocument(FormState state) {
        var order = Order.of(purchases, state.form());
        return new FormDocument(story.seed(), order, state)
                .render(forms.id(state.form()).toString(), forms.revision(state));
    }

    /** The document as Allegro tells it, which may be in a bad state. */
    ObjectNode document(FormState state) {
        return told(state, trueDocument(state));
    }

    ObjectNode event(long id, int event) {
        var about = eventOf(event);
        var state = forms.state(about.form(), about.at());
        var order = Order.of(purchases, about.form());
        return EventDocument.render(
                id, about, id(), order, forms.id(about.form()).toString(), forms.revision(state));
    }

    EventDocument.Event eventOf(int event) {
        if (Timeline.isEdit(event)) {
            var edit = edits.get(Timeline.editOf(event));
            return new EventDocument.Event("FULFILLMENT_STATUS_CHANGED", edit.form(), edit.at());
        }
        var key = Timeline.keyOf(event);
        var step = purchases.life(key).get(Timeline.stepOf(event));
        var merged = purchases.group(key).merged() && step.kind() != Step.Kind.BOUGHT;
        return new EventDocument.Event(step.kind().event, new Form(key, merged), step.at());
    }

    @Nullable
    Fault badness(Form form) {
        if (repaired.contains(form)) {
            return null;
        }
        var at = purchases.boughtAt(form.key());
        for (var fault : List.of(Fault.MALFORMED, Fault.UNKNOWN_STATUS, Fault.UNKNOWN_FIELD)) {
            var probability = faults.probability(fault, at);
            if (probability > 0 && Dice.share(story.seed(), fault.name(), form.code()) < probability) {
                return fault;
            }
        }
        return null;
    }

    /** Offers are odd while the fault lasts, for they have no moment to which it belongs. */
    @Nullable
    Fault badness(Offer offer) {
        var current = faults.current();
        for (var fault : List.of(Fault.MALFORMED, Fault.UNKNOWN_STATUS, Fault.UNKNOWN_FIELD)) {
            var probability = current.getOrDefault(fault, 0.0);
            var index = Product.indexOf(offer.product().offerId());
            if (probability > 0 && Dice.share(story.seed(), "offer " + fault, index) < probability) {
                return fault;
            }
        }
        return null;
    }

    private ObjectNode told(FormState state, ObjectNode document) {
        return switch (badness(state.form())) {
            case MALFORMED ->
                Malformed.of(
                        document,
                        Dice.hash(story.seed(), "malformed", state.form().code()));
            case UNKNOWN_STATUS -> document.put("status", "WAITING_FOR_DRONE");
            case UNKNOWN_FIELD -> {
                document.set("carbonFootprint", Json.object().put("grams", 412).put("offset", true));
                document.withObject("delivery").put("droneAllowed", false);
                yield document;
            }
            case null, default -> document;
        };
    }

    static String sha256(ObjectNode document) {
        try {
            var canonical = Json.CANONICAL.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
