package dev.kontor.sandbox.allegro;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.allegro.Allowances.Kind;
import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.world.Deed;

/** The resources under {@code /sale}. */
final class OfferApi {

    private static final List<String> STATUSES = List.of("INACTIVE", "ACTIVE", "ACTIVATING", "ENDED");
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final int MOST_OFFERS = 1_000;

    private final World world;

    OfferApi(World world) {
        this.world = world;
    }

    // Reading

    /** A read model of the offers as they were a while ago, newest first. */
    Reply list(Call call, Shop shop) throws Problem {
        var query = new Query(call.query());
        var limit = query.number("limit", 1, 1_000, 20);
        var offset = query.number("offset", 0, 9_999_999, 0);
        var statuses = Set.copyOf(query.choices("publication.status", STATUSES));
        var ids = Set.copyOf(call.query().getOrDefault("offer.id", List.of()));
        var skus = Set.copyOf(call.query().getOrDefault("external.id", List.of()));
        if (skus.size() > 100) {
            query.wrong("external.id", "may be given 100 times at most");
        }
        query.check();
        world.moment(shop);
        var seenAt = world.now() - world.rules().offerListDelay().toMillis();
        var found = shop.shelf().offers().reversed().stream()
                .filter(it -> !it.removed())
                .map(it -> new OfferDocument(it, shop.shelf().lookAt(it, seenAt), shop.badness(it)))
                .filter(it -> statuses.isEmpty() || statuses.contains(it.look().status()))
                .filter(it -> ids.isEmpty() || ids.contains(it.offer().product().offerId()))
                .filter(it -> skus.isEmpty()
                        || skus.contains(String.valueOf(it.offer().product().sku())))
                .toList();
        var page = Json.array();
        found.stream().skip(offset).limit(limit).forEach(it -> page.add(it.listed()));
        return answer(
                200,
                Json.object()
                        .put("count", page.size())
                        .put("totalCount", found.size())
                        .set("offers", page));
    }

    Reply whole(Call call, Shop shop) throws Problem {
        shop.allowances().use(Kind.OFFERS, 1);
        return answer(200, document(call, shop).whole());
    }

    Reply parts(Call call, Shop shop) throws Problem {
        shop.allowances().use(Kind.PARTS, 1);
        var query = new Query(call.query());
        var include = query.choices("include", List.of("stock", "price"));
        if (include.isEmpty()) {
            query.wrong("include", "is required");
        }
        query.check();
        return answer(200, document(call, shop).parts(include.contains("stock"), include.contains("price")));
    }

    private OfferDocument document(Call call, Shop shop) throws Problem {
        var offer = offer(call, shop);
        world.moment(shop);
        return new OfferDocument(offer, shop.shelf().lookAt(offer, Long.MAX_VALUE), shop.badness(offer));
    }

    private static Offer offer(Call call, Shop shop) throws Problem {
        var id = call.pathParameter("offerId");
        var offer = shop.shelf().offer(id);
        if (offer == null) {
            throw Problem.of(404, "OfferNotFoundException", "Offer " + id + " does not exist.", null);
        }
        return offer;
    }

    // Editing one

    Reply edit(Call call, Shop shop) throws Problem {
        shop.allowances().use(Kind.EDITS, 1);
        var offer = offer(call, shop);
        var body = body(call);
        var available = available(body);
        var status = status(body);
        var operation = new String[1];
        world.<Deed.OfferEdited, Problem>attempt(at -> {
            if (offer.busy(at)) {
                throw Problem.of(409, "OfferBusy", "An earlier edit of this offer is still running", null);
            }
            var left = available == null ? offer.now().available() : available;
            if ("ACTIVE".equals(status) && left < 1) {
                throw Problem.of(
                        422, "VALIDATION_ERROR", "An offer without stock cannot be activated", "stock.available");
            }
            operation[0] = shop.shelf().nextOperation();
            return new Deed.OfferEdited(
                    at,
                    shop.number(),
                    operation[0],
                    Product.indexOf(offer.product().offerId()),
                    available,
                    status);
        });
        var until = shop.shelf().runningUntil(operation[0]);
        if (until == null) {
            return answer(200, document(call, shop).whole());
        }
        var path = call.path().substring(call.path().indexOf("/sale/")) + "/operations/" + operation[0];
        return answer(202, document(call, shop).whole())
                .with("Location", "https://api.allegro.pl" + path)
                .with("Retry-After", "1");
    }

    private static @Nullable Integer available(JsonNode body) throws Problem {
        var available = body.path("stock").path("available");
        if (available.isMissingNode()) {
            return null;
        }
        if (!available.isIntegralNumber() || available.asInt() < 0 || available.asInt() > 999_999) {
            throw Problem.of(422, "VALIDATION_ERROR", "Wrong quantity", "stock.available");
        }
        return available.asInt();
    }

    private static @Nullable String status(JsonNode body) throws Problem {
        var status = body.path("publication").path("status");
        if (status.isMissingNode()) {
            return null;
        }
        if (!List.of("ACTIVE", "ENDED").contains(status.asString(""))) {
            throw Problem.of(422, "VALIDATION_ERROR", "Wrong status", "publication.status");
        }
        return status.asString();
    }

    Reply operation(Call call, Shop shop) throws Problem {
        var offer = offer(call, shop);
        world.moment(shop);
        var until = shop.shelf().runningUntil(call.pathParameter("operationId"));
        if (until == null) {
            throw Problem.of(404, "OperationNotFoundException", "No such operation", null);
        }
        var location =
                "https://api.allegro.pl/sale/product-offers/" + offer.product().offerId();
        return until > world.now()
                ? Reply.empty(202).with("Retry-After", "1")
                : Reply.empty(303).with("Location", location);
    }

    // Many at once

    Reply change(Call call, Shop shop) throws Problem {
        var id = call.pathParameter("commandId");
        if (!UUID_FORM.matcher(id).matches()) {
            throw Problem.of(400, "INVALID_COMMAND_ID", "The command's id must be a UUID", "commandId");
        }
        var body = body(call);
        var type = body.path("modification").path("changeType").asString("");
        var value = body.path("modification").path("value");
        if (!List.of("FIXED", "GAIN").contains(type)) {
            throw Problem.of(422, "VALIDATION_ERROR", "Wrong change type", "modification.changeType");
        }
        if (!value.isIntegralNumber() || (type.equals("FIXED") && value.asInt() < 1)) {
            throw Problem.of(422, "VALIDATION_ERROR", "Wrong value", "modification.value");
        }
        var offers = offers(body);
        if (!shop.shelf().knows(command(id))) { // what was told before costs no changes
            shop.allowances().use(Kind.QUANTITY_CHANGES, offers.size());
        }
        world.<Deed.QuantitiesChanged, Problem>attempt(at -> {
            if (shop.shelf().knows(command(id))) {
                throw Problem.of(409, "CommandAlreadyExistsException", "The command's id was used before", "commandId");
            }
            return new Deed.QuantitiesChanged(
                    at, shop.number(), command(id), type.equals("GAIN"), value.asInt(), offers);
        });
        return answer(201, report(id, shop, true));
    }

    private static String command(String id) {
        return UUID.fromString(id).toString();
    }

    private static List<String> offers(JsonNode body) throws Problem {
        var criteria = body.path("offerCriteria");
        var offers = new ArrayList<String>();
        for (var criterion : criteria) {
            if (!criterion.path("type").asString("").equals("CONTAINS_OFFERS")) {
                throw Problem.of(422, "VALIDATION_ERROR", "Wrong criterion", "offerCriteria.type");
            }
            criterion.path("offers").forEach(it -> offers.add(it.path("id").asString("")));
        }
        if (offers.isEmpty() || offers.size() > MOST_OFFERS || new HashSet<>(offers).size() != offers.size()) {
            throw Problem.of(
                    422, "VALIDATION_ERROR", "From 1 to 1000 different offers are possible", "offerCriteria.offers");
        }
        return offers;
    }

    Reply command(Call call, Shop shop) throws Problem {
        shop.allowances().use(Kind.COMMANDS, 1);
        world.moment(shop);
        return answer(200, report(call.pathParameter("commandId"), shop, false));
    }

    /** It takes a while until a report counts anything. */
    private ObjectNode report(String id, Shop shop, boolean atOnce) throws Problem {
        var command = known(id, shop);
        var report = Json.id(command.id()).put("createdAt", Json.time(command.createdAt()));
        report.put("completedAt", command.completed() ? Json.time(command.completedAt()) : null);
        var counted = !atOnce && world.now() >= command.readableAt();
        report.set(
                "taskCount",
                Json.object()
                        .put("total", counted ? command.tasks().size() : 0)
                        .put("success", counted ? command.count("SUCCESS") : 0)
                        .put("failed", counted ? command.count("FAIL") : 0));
        return report;
    }

    Reply tasks(Call call, Shop shop) throws Problem {
        shop.allowances().use(Kind.COMMANDS, 1);
        var query = new Query(call.query());
        var limit = query.number("limit", 1, 1_000, 100);
        var offset = query.number("offset", 0, 999, 0);
        query.check();
        world.moment(shop);
        var command = known(call.pathParameter("commandId"), shop);
        var tasks = Json.array();
        if (world.now() >= command.readableAt()) {
            command.tasks().stream().skip(offset).limit(limit).forEach(it -> tasks.add(task(it)));
        }
        return answer(200, Json.object().set("tasks", tasks));
    }

    private static ObjectNode task(QuantityCommand.Task task) {
        var document = Json.object().put("field", "quantity");
        document.set("offer", Json.id(task.offer()));
        document.put("status", task.status())
                .put("message", task.error() == null ? "" : "The quantity was not changed")
                .put("scheduledAt", Json.time(task.scheduledAt()))
                .put("finishedAt", task.finished() ? Json.time(task.finishedAt()) : null);
        var errors = document.putArray("errors");
        if (task.error() != null) {
            errors.addObject().put("code", task.error()).put("message", "The quantity was not changed");
        }
        return document;
    }

    private static QuantityCommand known(String id, Shop shop) throws Problem {
        var command = UUID_FORM.matcher(id).matches() ? shop.shelf().command(command(id)) : null;
        if (command == null) {
            throw Problem.of(404, "CommandNotFoundException", "No command " + id, "commandId");
        }
        return command;
    }

    private static JsonNode body(Call call) throws Problem {
        try {
            var body = Json.MAPPER.readTree(call.body());
            if (body.isObject()) {
                return body;
            }
        } catch (JacksonException e) {
            // told below, like JSON that is no object
        }
        throw Problem.of(400, "HttpMessageNotReadableException", "The body is no JSON object", null);
    }

    private static Reply answer(int status, JsonNode body) {
        return Reply.of(status, Problem.MEDIA_TYPE, Json.MAPPER.writeValueAsBytes(body));
    }
}
