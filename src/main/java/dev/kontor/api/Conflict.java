package dev.kontor.api;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/** The request is well-formed and contradicts the present state. */
public final class Conflict extends Refusal {

    private final @Nullable String kind;

    public Conflict(String detail) {
        super(detail);
        this.kind = null;
    }

    /** @param kind the stable last part of the problem's {@code type}, such as {@code account-already-connected} */
    public Conflict(String kind, String detail) {
        super(detail);
        this.kind = kind;
    }

    @Override
    public ProblemDetail problem() {
        var problem = ProblemKind.CONFLICT.problem(detail());
        if (kind != null) {
            problem.setType(ProblemKind.type(kind));
        }
        return problem;
    }
}
