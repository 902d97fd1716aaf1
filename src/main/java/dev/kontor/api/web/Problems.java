package dev.kontor.api.web;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

import dev.kontor.api.ProblemKind;
import dev.kontor.api.Refusal;

/** Makes problem details of everything that goes wrong in a controller or on the way to it. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handle(Refusal refusal, WebRequest request) {
        return answer(refusal, refusal.problem(), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handle(Exception failure, WebRequest request) {
        return answer(failure, unexpected(failure, request), request);
    }

    private @Nullable ResponseEntity<Object> answer(Exception e, ProblemDetail problem, WebRequest request) {
        return handleExceptionInternal(
                e, problem, HttpHeaders.EMPTY, HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    private static ProblemDetail unexpected(Exception failure, WebRequest request) {
        var id = UUID.randomUUID();
        log.error("Unexpected failure {} of {}", id, request.getDescription(false), failure);
        var problem = ProblemKind.INTERNAL_ERROR.problem(
                "Something went wrong inside Kontor; its log says what, under errorId.");
        problem.setProperty("errorId", id);
        return problem;
    }
}
