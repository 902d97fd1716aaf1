package dev.kontor.access.security;

import java.util.Optional;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

import dev.kontor.access.Caller;
import dev.kontor.audit.Actor;
import dev.kontor.audit.PresentCaller;

/** Tells the audit log who has proven who it is. */
@SecondaryAdapter
@Component
class AuditedCaller implements PresentCaller {

    @Override
    public Optional<Actor> find() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication authentication
                ? Optional.of(actor(authentication.getPrincipal()))
                : Optional.empty();
    }

    private static Actor actor(Caller caller) {
        return switch (caller.kind()) {
            case PERSON -> Actor.person(caller.id(), caller.name());
            case API_KEY -> Actor.key(caller.id(), caller.name());
        };
    }
}
