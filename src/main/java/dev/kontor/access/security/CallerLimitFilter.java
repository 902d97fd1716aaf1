package dev.kontor.access.security;

import java.util.Optional;

import org.springframework.security.core.context.SecurityContextHolder;

import jakarta.servlet.http.HttpServletRequest;

import dev.kontor.access.limits.RequestLimits;
import dev.kontor.access.limits.Standing;
import dev.kontor.api.ProblemAnswer;

/** Stands where it is known whose key or session it is. */
class CallerLimitFilter extends LimitFilter {

    private final RequestLimits limits;

    CallerLimitFilter(RequestLimits limits, ProblemAnswer answer) {
        super(answer);
        this.limits = limits;
    }

    @Override
    Optional<Standing> count(HttpServletRequest request) {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication caller
                ? limits.count(caller.getPrincipal())
                : Optional.empty();
    }
}
