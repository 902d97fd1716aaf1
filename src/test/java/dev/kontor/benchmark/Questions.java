package dev.kontor.benchmark;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;

/** What people ask of an archive: orders of it drawn at random, and words that stand in them. */
record Questions(List<String> ids, List<String> words, List<String> cursors, Instant oldest, Instant newest) {

    private static final List<String> STATUSES =
            List.of("PLACED", "UNPAID", "READY", "PROCESSING", "SHIPPED", "DELIVERED", "CANCELLED");

    static Questions about(Database database, HttpCaller caller) throws Exception {
        var ids = new ArrayList<String>();
        var words = new ArrayList<String>();
        try (var connection = database.open();
                var statement = connection.createStatement()) {
            statement.execute("select setseed(0.42)");
            try (var rows = statement.executeQuery("select id from orders.orders order by random() limit 2000")) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            // those that were truly imported: only their documents can be opened
            try (var rows = statement.executeQuery("""
                    select id from orders.orders where external_id = number order by random() limit 150""")) {
                while (rows.next()) {
                    addWords(
                            caller.get("/api/v1/orders/" + rows.getString(1) + "/document")
                                    .json(),
                            words);
                }
            }
        }
        return new Questions(
                ids,
                words,
                cursors(caller),
                Instant.ofEpochSecond(database.number("select extract(epoch from min(placed_at)) from orders.orders")),
                Instant.ofEpochSecond(database.number("select extract(epoch from max(placed_at)) from orders.orders")));
    }

    /** From a number, which finds one order, to a word of an offer's name, which finds very many. */
    private static void addWords(JsonNode document, List<String> words) {
        var buyer = document.path("buyer");
        var offer = document.path("lineItems").path(0).path("offer");
        words.add(document.path("id").asString());
        words.add(buyer.path("email").asString());
        words.add(buyer.path("login").asString());
        words.add(buyer.path("lastName").asString(buyer.path("login").asString()));
        words.add(buyer.path("firstName").asString("") + " "
                + buyer.path("lastName").asString(""));
        words.add(offer.path("external").path("id").asString(offer.path("id").asString()));
        words.add(offer.path("name").asString().split(" ")[0]);
        words.removeIf(String::isBlank);
    }

    private static List<String> cursors(HttpCaller caller) {
        var cursors = new ArrayList<String>();
        var next = "";
        for (int page = 0; page < 50; page++) {
            next = caller.get("/api/v1/orders?limit=50" + (next.isEmpty() ? "" : "&after=" + encoded(next)))
                    .text("next");
            cursors.add(next);
        }
        return cursors;
    }

    Map<String, OpenLoop.Kind> kinds() {
        var kinds = new LinkedHashMap<String, OpenLoop.Kind>();
        kinds.put("get", random -> "/api/v1/orders/" + any(ids, random));
        kinds.put("list", this::list);
        kinds.put("filter", this::filter);
        kinds.put("search", random -> "/api/v1/orders?limit=50&q=" + encoded(any(words, random)));
        return kinds;
    }

    private String list(Random random) {
        return "/api/v1/orders?limit=50" + (random.nextBoolean() ? "" : "&after=" + encoded(any(cursors, random)));
    }

    private String filter(Random random) {
        var seconds = newest.getEpochSecond() - oldest.getEpochSecond();
        var from = oldest.plusSeconds((long) (random.nextDouble() * seconds)).truncatedTo(ChronoUnit.SECONDS);
        return "/api/v1/orders?limit=50&status=" + any(STATUSES, random) + "&placedFrom=" + from + "&placedTo="
                + from.plus(7, ChronoUnit.DAYS);
    }

    private static String any(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
