package dev.kontor.api;

import org.springframework.http.ProblemDetail;

/** The caller does not say which version he changes, where only some requests change one. */
public final class PreconditionRequired extends Refusal {

    public PreconditionRequired(String detail) {
        super(detail);
    }

    @Override
    public ProblemDetail problem() {
        return ProblemKind.PRECONDITION_REQUIRED.problem(detail());
    }
}
