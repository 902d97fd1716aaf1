package dev.kontor.access.security;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/** Lets in whom the route's rule lets in, and says to the others why it does not. */
@Component
class RouteAuthorization implements AuthorizationManager<RequestAuthorizationContext> {

    private final RouteRules rules;

    RouteAuthorization(RouteRules rules) {
        this.rules = rules;
    }

    /** @param objection told to callers who are known; null where there is none */
    record Verdict(boolean isGranted, @Nullable String objection) implements AuthorizationResult {}

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        var rule = rules.of(context.getRequest());
        if (authentication.get() instanceof CallerAuthentication caller) {
            var objection = rule.objection(caller.getPrincipal());
            return new Verdict(objection == null, objection);
        }
        return new Verdict(rule instanceof Rule.Everybody, null);
    }
}
