package dev.kontor.marketplaces.allegro;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.StockWriter;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Change.Conditional;
import dev.kontor.marketplaces.StockWriter.Change.Relative;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;
import dev.kontor.marketplaces.exchange.UnreadableField;

/**
 * The quantities of offers. Differences, and one value for many offers, go by quantity commands, whose id is our own.
 * Those refuse zero and wake nothing up, so zero and reactivation are edits of one offer.
 */
@SecondaryAdapter
@Component
class AllegroStock implements StockWriter {

    private static final Operation EDIT = new Operation("offer-edits", "stock.edit", false);
    private static final Operation EDIT_STATE = Operation.read("offer-edits", "stock.edit-state");
    private static final Operation COMMAND = new Operation("quantity-commands", "stock.command", false);
    private static final Operation COMMAND_STATE = Operation.read("quantity-commands", "stock.command-state");
    private static final Operation READ = Operation.read("offers", "stock.read");

    /** Allegro promises nothing; tasks were seen to hang for long, and an hour is what Kontor is ready to wait. */
    private static final Terms TERMS = new Terms(
            EnumSet.of(Kind.ABSOLUTE, Kind.RELATIVE),
            AllegroLimits.OFFERS_OF_A_COMMAND,
            1,
            true,
            Duration.ZERO,
            Duration.ofHours(1),
            Duration.ZERO,
            true,
            true);

    /** For an edit that meets an earlier one which is still running. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    /** A task that failed so may have done its work before. */
    private static final String FAILED_SOMEHOW = "EXCEPTION_DURING_OFFER_QUANTITY_UPDATE";

    private final AllegroCalls calls;
    private final Drift drift;
    private final Clock clock;

    AllegroStock(AllegroCalls calls, Drift drift, Clock clock) {
        this.calls = calls;
        this.drift = drift;
        this.clock = clock;
    }

    @Override
    public List<Terms> possibleTerms() {
        return List.of(TERMS);
    }

    @Override
    public Answer<Terms> terms(Connection connection) {
        return new Ok<>(TERMS);
    }

    // Grouping

    private record Modification(String type, int value) {

        static @Nullable Modification of(Change change) {
            return switch (change) {
                case Relative relative -> new Modification("GAIN", relative.difference());
                case Absolute absolute -> edits(absolute) ? null : new Modification("FIXED", absolute.quantity());
                case Conditional ignored -> null;
            };
        }
    }

    private static boolean edits(Absolute absolute) {
        return absolute.quantity() == 0 || absolute.reactivate();
    }

    @Override
    public List<List<Change>> groups(Collection<? extends Change> changes) {
        var groups = new ArrayList<List<Change>>();
        var open = new HashMap<Modification, List<Change>>();
        for (var change : changes) {
            var modification = Modification.of(change);
            var group = modification == null ? null : open.get(modification);
            if (group == null || !takes(group, change)) {
                group = new ArrayList<>();
                groups.add(group);
                if (modification != null) {
                    open.put(modification, group);
                }
            }
            group.add(change);
        }
        return groups.stream().map(List::copyOf).toList();
    }

    private static boolean takes(List<Change> group, Change change) {
        return group.size() < TERMS.groupSize()
                && group.stream().noneMatch(it -> it.listing().equals(change.listing()));
    }

    /** An edit that puts a number in place of what buyers have left would do so again. */
    @Override
    public boolean repeatable(Change change) {
        return !(change instanceof Absolute absolute && absolute.reactivate());
    }

    // Writing

    @Override
    public Answer<Map<String, Outcome>> write(Command command, Connection connection) {
        if (groups(command.changes()).size() != 1) {
            return new Rejected<>("UNSUPPORTED", "Allegro has no such command");
        }
        var first = command.changes().getFirst();
        var modification = Modification.of(first);
        if (modification != null) {
            return change(command, modification, connection);
        }
        return first instanceof Absolute absolute
                ? edit(absolute, connection)
                : new Rejected<>("UNSUPPORTED", "Allegro has no revisions of quantities");
    }

    private Answer<Map<String, Outcome>> change(Command command, Modification modification, Connection connection) {
        var offers = command.changes().stream()
                .map(change -> Map.of("id", change.listing()))
                .toList();
        var body = Map.of(
                "modification", Map.of("changeType", modification.type(), "value", modification.value()),
                "offerCriteria", List.of(Map.of("type", "CONTAINS_OFFERS", "offers", offers)));
        return calls.ask(
                COMMAND,
                connection,
                (api, bearer) -> api.changeQuantities(bearer, command.id().toString(), body),
                new Sent(command),
                AllegroLimits.changes(connection, offers.size()));
    }

    private record Sent(Command command) implements Translation<Map<String, Outcome>> {
        @Override
        public Map<String, Outcome> read(Reply reply) {
            return forAll(command, new Outcome.Accepted(null));
        }

        @Override
        public Optional<Answer<Map<String, Outcome>>> refused(Refusal refusal) {
            return refusal.status() == 409 // it was sent before
                    ? Optional.of(new Ok<>(forAll(command, new Outcome.Accepted(null))))
                    : AllegroTranslation.vague404(refusal);
        }
    }

    private Answer<Map<String, Outcome>> edit(Absolute change, Connection connection) {
        var stock = Map.of("available", change.quantity());
        var body = change.reactivate()
                ? Map.of("stock", stock, "publication", Map.of("status", "ACTIVE"))
                : Map.of("stock", stock);
        return calls.ask(
                EDIT,
                connection,
                (api, bearer) -> api.edit(bearer, change.listing(), body),
                new Edited(change.listing()),
                AllegroLimits.edits(connection));
    }

    private class Edited implements Translation<Map<String, Outcome>> {
        private final String offer;

        Edited(String offer) {
            this.offer = offer;
        }

        @Override
        public Map<String, Outcome> read(Reply reply) {
            return Map.of(
                    offer, reply.status() == 202 ? new Outcome.Accepted(operation(reply)) : new Outcome.Applied());
        }

        private static @Nullable String operation(Reply reply) {
            var location = reply.headers().getLocation();
            var path = location == null ? "" : String.valueOf(location.getPath());
            var name = path.substring(path.lastIndexOf('/') + 1);
            return path.contains("/operations/") && !name.isEmpty() ? name : null;
        }

        @Override
        public Optional<Answer<Map<String, Outcome>>> refused(Refusal refusal) {
            if (refusal.status() == 409) {
                return Optional.of(new Ok<>(
                        Map.of(offer, new Outcome.Postponed(clock.instant().plus(BUSY)))));
            }
            if (refusal.status() == 404 && !AllegroTranslation.saysNoSuchOffer(refusal)) {
                return AllegroTranslation.vague404(refusal);
            }
            return refusal.status() == 401
                    ? Optional.empty()
                    : Optional.of(new Ok<>(Map.of(offer, rejected(AllegroTranslation.code(refusal)))));
        }
    }

    // What became of it

    @Override
    public Answer<Map<String, Outcome>> state(Command command, @Nullable String ticket, Connection connection) {
        var first = command.changes().getFirst();
        if (Modification.of(first) != null) {
            return calls.ask(
                    COMMAND_STATE,
                    connection,
                    (api, bearer) -> api.quantityTasks(bearer, command.id().toString(), TERMS.groupSize()),
                    new Tasks(command));
        }
        if (ticket == null) {
            return new Ok<>(forAll(command, new Outcome.Unknown("Allegro knows edits by the name it gave them only")));
        }
        return calls.ask(
                EDIT_STATE,
                connection,
                (api, bearer) -> api.operation(bearer, first.listing(), ticket),
                new EditState(command, ticket));
    }

    private record EditState(Command command, String ticket) implements Translation<Map<String, Outcome>> {
        @Override
        public Map<String, Outcome> read(Reply reply) {
            return forAll(command, reply.status() == 202 ? new Outcome.Accepted(ticket) : new Outcome.Applied());
        }

        @Override
        public Optional<Answer<Map<String, Outcome>>> refused(Refusal refusal) {
            return refusal.status() == 404
                    ? Optional.of(new Ok<>(forAll(command, new Outcome.Unknown("Allegro has forgotten the operation"))))
                    : Optional.empty();
        }
    }

    private class Tasks implements Translation<Map<String, Outcome>> {
        private final Command command;

        Tasks(Command command) {
            this.command = command;
        }

        /** A task that the report does not show yet has not been done yet. */
        @Override
        public Map<String, Outcome> read(Reply reply) {
            var outcomes = new HashMap<>(forAll(command, new Outcome.Accepted(null)));
            for (var task : AllegroReader.list(reply, "tasks")) {
                var offer = task.path("offer").path("id").asString("");
                var errors = task.path("errors").path(0).path("code").asString("");
                outcomes.computeIfPresent(
                        offer, (id, before) -> outcome(task.path("status").asString(""), errors));
            }
            return outcomes;
        }

        private Outcome outcome(String status, String error) {
            return switch (status) {
                case "SUCCESS" -> new Outcome.Applied();
                case "NEW" -> new Outcome.Accepted(null);
                case "FAIL" ->
                    error.equals(FAILED_SOMEHOW)
                            ? new Outcome.Unknown("the task failed in an unknown state")
                            : rejected(AllegroTranslation.plain(error, "TASK_FAILED"));
                default -> {
                    drift.seen(
                            AllegroCalls.ALLEGRO,
                            Drift.Kind.STATUS,
                            List.of("task " + AllegroTranslation.plain(status, "?")));
                    yield new Outcome.Unknown("a task in a state that nobody knows");
                }
            };
        }

        @Override
        public Optional<Answer<Map<String, Outcome>>> refused(Refusal refusal) {
            return refusal.status() == 404
                    ? Optional.of(new Ok<>(forAll(command, new Outcome.Unknown("Allegro does not know the command"))))
                    : Optional.empty();
        }
    }

    private static Map<String, Outcome> forAll(Command command, Outcome outcome) {
        return command.changes().stream().collect(Collectors.toMap(Change::listing, change -> outcome));
    }

    private static Outcome rejected(String code) {
        return new Outcome.Rejected(code, "Allegro refused to change the quantity");
    }

    // Reading

    /** The whole offer: its stock alone would be told more often, but not whether buyers see any of it. */
    @Override
    public Answer<Map<String, Reading>> read(Collection<String> listings, Connection connection) {
        if (listings.size() != 1) {
            return new Rejected<>("UNSUPPORTED", "Allegro tells the stock of one offer at a time");
        }
        var offer = listings.iterator().next();
        return calls.ask(
                READ,
                connection,
                (api, bearer) -> api.offer(bearer, offer),
                new Whole(offer),
                AllegroLimits.offers(connection));
    }

    private record Whole(String offer) implements Translation<Map<String, Reading>> {
        @Override
        public Map<String, Reading> read(Reply reply) {
            try {
                var shown = AllegroOffer.shown(new Fields(reply.body(), ""));
                return Map.of(offer, new Reading.Shown(shown, null, reply.askedAt()));
            } catch (UnreadableField e) {
                return Map.of(offer, new Reading.Unreadable(e.reason()));
            }
        }

        @Override
        public Optional<Answer<Map<String, Reading>>> refused(Refusal refusal) {
            return AllegroTranslation.saysNoSuchOffer(refusal)
                    ? Optional.of(new Ok<>(Map.of(offer, new Reading.Gone())))
                    : AllegroTranslation.vague404(refusal);
        }
    }
}
