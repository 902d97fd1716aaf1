package dev.kontor.api;

import java.net.URI;

import org.springframework.http.ProblemDetail;

/** Name and password are right, and a code of the person's device is needed as well. */
public final class SecondFactorRequired extends Refusal {

    private static final URI TYPE = ProblemKind.type("second-factor-required");

    public SecondFactorRequired() {
        super("Send the present code of your device, or a recovery code, as \"code\".");
    }

    @Override
    public ProblemDetail problem() {
        var problem = ProblemKind.LOGIN_FAILED.problem(detail());
        problem.setType(TYPE);
        return problem;
    }
}
