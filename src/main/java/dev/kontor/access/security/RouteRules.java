package dev.kontor.access.security;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

import jakarta.servlet.http.HttpServletRequest;

import dev.kontor.access.Role;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Open;
import dev.kontor.api.Own;

/**
 * Which rule holds for a request: the one that is declared at the controller's method, or at the controller, which Spring
 * will call. Beside controllers there are the actuator's endpoints, and addresses where there is nothing.
 */
@Component
class RouteRules {

    private static final String FOUND = RouteRules.class.getName();

    /** Figures of all modules, and how they are wired. */
    private static final Rule WATCHING = new Rule.Asks(Role.ADMINISTRATOR, Area.OPERATIONS, false);

    /** Whoever is known learns that there is nothing, or that it takes another method or format. */
    private static final Rule NOTHING = new Rule.Known(true);

    /** Marketplaces, which have no credentials here, learn the same. */
    private static final Rule NO_SUCH_HOOK = new Rule.Everybody();

    private static final Rule ELSEWHERE = new Rule.People(Role.ADMINISTRATOR);

    private final RequestMappingHandlerMapping mapping;
    private final RequestMatcher actuator = PathPatternRequestMatcher.pathPattern("/actuator/**");
    private final RequestMatcher hooks = PathPatternRequestMatcher.pathPattern("/hooks/**");
    private final RequestMatcher api = PathPatternRequestMatcher.pathPattern("/api/**");
    private final Map<HandlerMethod, Rule> known = new ConcurrentHashMap<>();

    RouteRules(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    Rule of(HttpServletRequest request) {
        if (request.getAttribute(FOUND) instanceof Rule rule) {
            return rule;
        }
        var rule = handler(request)
                .map(handler -> known.computeIfAbsent(handler, RouteRules::declared))
                .orElseGet(() -> withoutController(request));
        request.setAttribute(FOUND, rule);
        return rule;
    }

    /** Empty where no controller takes it: neither will the dispatcher find one, and says what is wrong. */
    private Optional<HandlerMethod> handler(HttpServletRequest request) {
        if (!ServletRequestPathUtils.hasParsedRequestPath(request)) {
            ServletRequestPathUtils.parseAndCache(request);
        }
        try {
            var chain = mapping.getHandler(request);
            return chain != null && chain.getHandler() instanceof HandlerMethod handler
                    ? Optional.of(handler)
                    : Optional.empty();
        } catch (Exception e) {
            return Optional.empty(); // such as another method or format than it takes
        }
    }

    private Rule withoutController(HttpServletRequest request) {
        if (actuator.matches(request)) {
            return WATCHING;
        }
        if (hooks.matches(request)) {
            return NO_SUCH_HOOK;
        }
        return api.matches(request) ? NOTHING : ELSEWHERE;
    }

    static Rule declared(HandlerMethod handler) {
        if (tellsMethods(handler)) {
            return NOTHING;
        }
        boolean writing = writes(handler);
        return declared(handler.getMethod(), writing)
                .or(() -> declared(handler.getBeanType(), writing))
                .orElseGet(Rule.Undeclared::new);
    }

    /** Spring's own answer to OPTIONS. */
    private static boolean tellsMethods(HandlerMethod handler) {
        return RequestMappingInfoHandlerMapping.class.equals(
                handler.getBeanType().getEnclosingClass());
    }

    private static Optional<Rule> declared(AnnotatedElement place, boolean writing) {
        var guarded = AnnotatedElementUtils.findMergedAnnotation(place, Guarded.class);
        if (guarded != null) {
            var least = writing ? guarded.writing() : guarded.reading();
            return Optional.of(new Rule.Asks(Role.valueOf(least.name()), guarded.value(), writing));
        }
        var own = AnnotatedElementUtils.findMergedAnnotation(place, Own.class);
        if (own != null) {
            return Optional.of(new Rule.Known(own.keys()));
        }
        return AnnotatedElementUtils.hasAnnotation(place, Open.class)
                ? Optional.of(new Rule.Everybody())
                : Optional.empty();
    }

    /** A method that takes every kind of request writes too. */
    private static boolean writes(HandlerMethod handler) {
        var mapped = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
        return mapped == null || !List.of(mapped.method()).equals(List.of(RequestMethod.GET));
    }
}
