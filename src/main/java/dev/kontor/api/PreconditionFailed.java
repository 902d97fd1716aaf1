package dev.kontor.api;

import org.springframework.http.ProblemDetail;

/** The caller changes a version that is no longer the present one. */
public final class PreconditionFailed extends Refusal {

    public PreconditionFailed(String detail) {
        super(detail);
    }

    @Override
    public ProblemDetail problem() {
        return ProblemKind.PRECONDITION_FAILED.problem(detail());
    }
}
