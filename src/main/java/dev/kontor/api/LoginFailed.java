package dev.kontor.api;

import org.springframework.http.ProblemDetail;

/** Name and password, or a token, do not prove who the caller is; the answer does not say which of them is wrong. */
public final class LoginFailed extends Refusal {

    public LoginFailed(String detail) {
        super(detail);
    }

    @Override
    public ProblemDetail problem() {
        return ProblemKind.LOGIN_FAILED.problem(detail());
    }
}
