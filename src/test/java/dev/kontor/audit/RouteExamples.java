package dev.kontor.audit;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;

/** Routes that change something, each with a way to take it. */
abstract class RouteExamples {

    static final String PASSWORD = "seedling orbit eleven kettle";

    final HttpCaller administrator;

    private final Map<String, Example> examples = new LinkedHashMap<>();
    private final Set<String> secrets = new HashSet<>(List.of(PASSWORD));

    RouteExamples(HttpCaller administrator) {
        this.administrator = administrator;
    }

    /** Takes a route as the caller it is given. */
    record Example(String action, String actorKind, Function<HttpCaller, Answer> taken) {}

    Map<String, Example> examples() {
        return examples;
    }

    /** What was sent or answered and may be in no entry; more with each example that is taken. */
    Set<String> secrets() {
        return secrets;
    }

    void example(String route, String action, Function<HttpCaller, Answer> taken) {
        examples.put(route, new Example(action, "PERSON", taken));
    }

    HttpCaller nobody() {
        return HttpCaller.nobody(administrator.port());
    }
}
