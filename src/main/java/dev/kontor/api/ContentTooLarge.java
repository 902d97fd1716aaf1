package dev.kontor.api;

import org.springframework.http.ProblemDetail;

/** What was sent has more bytes than are taken here. */
public final class ContentTooLarge extends Refusal {

    public ContentTooLarge(long most) {
        super("The body must have at most " + most + " bytes.");
    }

    @Override
    public ProblemDetail problem() {
        return ProblemKind.CONTENT_TOO_LARGE.problem(detail());
    }
}
