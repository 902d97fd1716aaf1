package dev.kontor.sandbox.allegro;

import java.util.List;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.world.Deed;

/** The resources under {@code /order}. */
final class OrderApi {

    private static final List<String> EVENT_TYPES = List.of(
            "BOUGHT",
            "FILLED_IN",
            "READY_FOR_PROCESSING",
            "BUYER_CANCELLED",
            "FULFILLMENT_STATUS_CHANGED",
            "AUTO_CANCELLED");

    private final World world;

    OrderApi(World world) {
        this.world = world;
    }

    Reply events(Call call, Shop shop) throws Problem {
        var query = new Query(call.query());
        var limit = query.number("limit", 1, 1000, 100);
        var types = Set.copyOf(query.choices("type", EVENT_TYPES));
        var from = from(query);
        query.check();
        var moment = world.moment(shop);
        var oldest =
                Timeline.firstIdOf(world.now() - world.rules().logRetention().toMillis()) - 1;
        var events = Json.array();
        var told = world.isFrozen(from) ? 0 : moment.logged();
        for (var i = moment.after(Math.max(from, oldest)); i < told && events.size() < limit; i++) {
            if (types.isEmpty()
                    || types.contains(shop.eventOf(moment.events()[i]).type())) {
                events.add(shop.event(moment.ids()[i], moment.events()[i]));
            }
        }
        return answer(Json.object().set("events", events));
    }

    private static long from(Query query) {
        var text = query.text("from");
        if (text == null) {
            return Long.MIN_VALUE;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            query.wrong("from", "must be the id of an event");
            return Long.MIN_VALUE;
        }
    }

    Reply eventStats(Shop shop) {
        var moment = world.moment(shop);
        var stats = Json.object();
        if (moment.logged() > 0) {
            var last = moment.logged() - 1;
            stats.set(
                    "latestEvent",
                    Json.id(Long.toString(moment.ids()[last]))
                            .put(
                                    "occurredAt",
                                    Json.time(
                                            shop.eventOf(moment.events()[last]).at())));
        }
        return answer(stats);
    }

    Reply forms(Call call, Shop shop) throws Problem {
        var list = new FormList(shop, new Query(call.query()), oldest());
        var found = list.at(
                world.moment(shop), world.now() - world.rules().listDelay().toMillis());
        var forms = Json.array();
        found.page().forEach(it -> forms.add(shop.document(it)));
        return answer(Json.object()
                .put("count", found.page().size())
                .put("totalCount", found.total())
                .set("checkoutForms", forms));
    }

    Reply form(Call call, Shop shop) throws Problem {
        return answer(shop.document(state(call.pathParameter("id"), shop)));
    }

    Reply fulfill(Call call, Shop shop) throws Problem {
        var state = state(call.pathParameter("id"), shop);
        var status = statusIn(call);
        var revision = new Query(call.query()).text("checkoutForm.revision");
        if (revision != null && !revision.equals(shop.forms().revision(state))) {
            throw Problem.of(
                    409,
                    "CheckoutFormRevisionOutdated",
                    "The checkout form was changed meanwhile",
                    "checkoutForm.revision");
        }
        world.happen(at -> new Deed.Fulfilled(at, shop.number(), state.form().code(), status));
        return Reply.empty(204);
    }

    private static String statusIn(Call call) throws Problem {
        try {
            var status = Json.MAPPER.readTree(call.body()).path("status").asString("");
            if (FormList.FULFILLMENTS.contains(status) && !status.equals("RETURNED")) {
                return status;
            }
        } catch (JacksonException e) {
            throw Problem.of(400, "HttpMessageNotReadableException", "The body is no JSON", null);
        }
        throw Problem.of(422, "VALIDATION_ERROR", "This fulfillment status cannot be set", "status");
    }

    private FormState state(String id, Shop shop) throws Problem {
        var form = shop.forms().byId(id);
        if (form == null || shop.purchases().boughtAt(form.key()) < oldest()) {
            throw Problem.noSuchForm(id);
        }
        world.moment(shop);
        var state = shop.forms().stateOf(form, world.now());
        if (state == null) {
            throw Problem.noSuchForm(id);
        }
        return state;
    }

    private long oldest() {
        return world.now() - world.rules().history().toMillis();
    }

    private static Reply answer(JsonNode body) {
        return Reply.of(200, Problem.MEDIA_TYPE, Json.MAPPER.writeValueAsBytes(body));
    }
}
