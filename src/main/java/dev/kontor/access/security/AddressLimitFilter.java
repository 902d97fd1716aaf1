package dev.kontor.access.security;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

import dev.kontor.access.attempts.Place;
import dev.kontor.access.limits.RequestLimits;
import dev.kontor.access.limits.Standing;
import dev.kontor.api.ProblemAnswer;

/** Stands before anything that costs something, such as finding out who is calling. */
class AddressLimitFilter extends LimitFilter {

    private final RequestLimits limits;

    AddressLimitFilter(RequestLimits limits, ProblemAnswer answer) {
        super(answer);
        this.limits = limits;
    }

    /** Whoever watches over Kontor is not turned away by what he watches. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/health");
    }

    @Override
    Optional<Standing> count(HttpServletRequest request) {
        return limits.count(Place.of(request.getRemoteAddr()));
    }
}
