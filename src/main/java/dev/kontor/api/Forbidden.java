package dev.kontor.api;

import org.springframework.http.ProblemDetail;

/** The caller is known and may not do this, for a reason that goes beyond the role. */
public final class Forbidden extends Refusal {

    public Forbidden(String detail) {
        super(detail);
    }

    @Override
    public ProblemDetail problem() {
        return ProblemKind.FORBIDDEN.problem(detail());
    }
}
