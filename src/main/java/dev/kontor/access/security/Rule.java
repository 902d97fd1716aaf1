package dev.kontor.access.security;

import org.jspecify.annotations.Nullable;

import dev.kontor.access.Caller;
import dev.kontor.access.Role;
import dev.kontor.access.Scope;
import dev.kontor.api.Area;

/** Whom a route lets in, as its controller declares it. */
sealed interface Rule {

    /** Why it does not let this caller in; null where it does. */
    @Nullable
    String objection(Caller caller);

    /** To everybody, known or not. */
    record Everybody() implements Rule {
        @Override
        public @Nullable String objection(Caller caller) {
            return null;
        }
    }

    /** To people of a role, and to keys that have the scope and were shown to one of them. */
    record Asks(Role least, Area area, boolean writing) implements Rule {

        Scope scope() {
            return Scope.of(area, writing);
        }

        @Override
        public @Nullable String objection(Caller caller) {
            boolean key = caller.kind() == Caller.Kind.API_KEY;
            if (key && !Scope.permit(caller.scopes(), area, writing)) {
                return "This API key lacks the scope " + scope() + ".";
            }
            return caller.role().includes(least)
                    ? null
                    : (key ? "The role of the person who was shown this API key" : "Your role") + " is " + caller.role()
                            + ", and this takes at least " + least + ".";
        }
    }

    /** To whoever is known. */
    record Known(boolean keys) implements Rule {
        @Override
        public @Nullable String objection(Caller caller) {
            return keys || caller.kind() == Caller.Kind.PERSON ? null : "This is for people, not for API keys.";
        }
    }

    /** To no API key, and to people of a role. */
    record People(Role least) implements Rule {
        @Override
        public @Nullable String objection(Caller caller) {
            return caller.kind() == Caller.Kind.PERSON && caller.role().includes(least)
                    ? null
                    : "This is for people whose role is " + least + ".";
        }
    }

    /** To nobody, because nobody has declared to whom. */
    record Undeclared() implements Rule {
        @Override
        public @Nullable String objection(Caller caller) {
            return "It is not declared who may do this, so nobody may.";
        }
    }
}
