package dev.kontor.sandbox.allegro;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.allegro.Problem.Wrong;

/** Reads query parameters as strictly as Allegro does, which also means: what it does not know it does not see. */
final class Query {

    private final Map<String, List<String>> values;
    private final List<Wrong> wrongs = new ArrayList<>();

    Query(Map<String, List<String>> values) {
        this.values = values;
    }

    int number(String name, int low, int high, int otherwise) {
        var text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            var number = Integer.parseInt(text);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        wrong(name, "must be a number from " + low + " to " + high);
        return otherwise;
    }

    /** Milliseconds of an ISO 8601 time with a zone. */
    long time(String name, long otherwise) {
        var text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            wrong(name, "must be an ISO 8601 date and time");
            return otherwise;
        }
    }

    List<String> choices(String name, List<String> allowed) {
        var chosen = values.getOrDefault(name, List.of());
        for (var choice : chosen) {
            if (!allowed.contains(choice)) {
                wrong(name, "must be one of " + String.join(", ", allowed));
            }
        }
        return chosen;
    }

    @Nullable
    String text(String name) {
        var all = values.get(name);
        return all == null || all.getFirst().isEmpty() ? null : all.getFirst();
    }

    void wrong(String path, String message) {
        wrongs.add(new Wrong("VALIDATION_ERROR", "Parameter " + path + " " + message, path));
    }

    void check() throws Problem {
        if (!wrongs.isEmpty()) {
            throw Problem.of(422, wrongs);
        }
    }
}
