package dev.kontor.api;

import org.springframework.http.ProblemDetail;

/** What the address names does not exist, or not for this caller. */
public final class NotFound extends Refusal {

    public NotFound(String detail) {
        super(detail);
    }

    /** {@code NotFound.of("account", id)}: "There is no account 3f…". */
    public static NotFound of(String what, Object id) {
        return new NotFound("There is no " + what + " " + id + ".");
    }

    @Override
    public ProblemDetail problem() {
        return ProblemKind.NOT_FOUND.problem(detail());
    }
}
