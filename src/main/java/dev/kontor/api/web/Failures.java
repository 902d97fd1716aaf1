package dev.kontor.api.web;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.util.DisconnectedClientHelper;

import jakarta.servlet.http.HttpServletResponse;

import dev.kontor.api.ProblemKind;

/** What is not the caller's fault: the caller learns an id, the log what happened. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    /** In seconds, until it is worth trying again. */
    static final String PAUSE = "5";

    static ProblemDetail log(Throwable failure, WebRequest request) {
        return log(failure, request.getDescription(false));
    }

    /** @param place must not hold the query, which may name a buyer */
    static ProblemDetail log(@Nullable Throwable failure, String place) {
        var id = UUID.randomUUID();
        log.error("Failure {} at {}", id, place, failure);
        var problem = ProblemKind.INTERNAL_ERROR.problem(
                "Something went wrong inside Kontor; its log tells what, under this errorId.");
        problem.setProperty("errorId", id);
        return problem;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<ProblemDetail> handle(Exception e, WebRequest request, HttpServletResponse response)
            throws Exception {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            log.debug("The caller went away", e);
            return null;
        }
        var problem = log(e, request);
        if (response.isCommitted()) {
            throw e; // the connection is cut, so that half a table is not taken for a whole one
        }
        return typed(problem).build();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(OptimisticLockingFailureException e) {
        return typed(ProblemKind.CONFLICT.problem(
                        "Somebody else changed it at the same moment; read it and try again."))
                .build();
    }

    @ExceptionHandler({DataAccessResourceFailureException.class, CannotCreateTransactionException.class})
    ResponseEntity<ProblemDetail> handleUnavailable(Exception e) {
        return typed(unavailable(e)).header(HttpHeaders.RETRY_AFTER, PAUSE).build();
    }

    static ProblemDetail unavailable(Exception e) {
        log.warn(
                "No connection to the database: {}",
                NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        return ProblemKind.UNAVAILABLE.problem(
                "The database cannot be reached, or too many requests are waiting for it; try again.");
    }

    private static ResponseEntity.HeadersBuilder<?> typed(ProblemDetail problem) {
        return ResponseEntity.of(problem)
                .headers(headers -> headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON));
    }
}
