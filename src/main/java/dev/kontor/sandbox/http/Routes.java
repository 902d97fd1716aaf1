package dev.kontor.sandbox.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Finds what answers a request: path patterns with {@code {parameters}}, most specific first by order of addition. */
public final class Routes {

    /** Answers a request. */
    @FunctionalInterface
    public interface Handler {
        Reply handle(Call call) throws Exception;
    }

    /** A handler with the pattern that led to it, by which requests are counted. */
    public record Match(String pattern, Handler handler, Call call) {}

    private record Route(String method, String pattern, String[] segments, Handler handler) {}

    private final List<Route> routes = new ArrayList<>();

    public Routes on(String method, String pattern, Handler handler) {
        routes.add(new Route(method, pattern, pattern.split("/"), handler));
        return this;
    }

    /** Null when no path fits; a path that fits with another method only is answered with 405. */
    public @Nullable Match match(Call call) {
        var segments = call.path().split("/");
        @Nullable Match otherMethod = null;
        for (var route : routes) {
            var parameters = parameters(route.segments(), segments);
            if (parameters != null) {
                if (route.method().equals(call.method())) {
                    return new Match(route.pattern(), route.handler(), call.with(parameters));
                }
                otherMethod = new Match(route.pattern(), it -> Reply.empty(405), call);
            }
        }
        return otherMethod;
    }

    /** A plus in a path is a plus. */
    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }

    private static @Nullable Map<String, String> parameters(String[] pattern, String[] path) {
        if (pattern.length != path.length) {
            return null;
        }
        var found = new HashMap<String, String>(2);
        for (var i = 0; i < pattern.length; i++) {
            if (pattern[i].startsWith("{")) {
                found.put(pattern[i].substring(1, pattern[i].length() - 1), decoded(path[i]));
            } else if (!pattern[i].equals(path[i])) {
                return null;
            }
        }
        return found;
    }
}
