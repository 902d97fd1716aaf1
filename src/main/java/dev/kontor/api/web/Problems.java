package dev.kontor.api.web;

import java.util.List;
import java.util.stream.Collectors;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

import dev.kontor.api.FieldProblem;
import dev.kontor.api.InvalidField;
import dev.kontor.api.ProblemKind;
import dev.kontor.api.Refusal;

/** Makes problem details of every request that is refused in a controller or on the way to it. */
@RestControllerAdvice
@Order(0) // before Failures, which takes everything
class Problems extends ResponseEntityExceptionHandler {

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handle(Refusal refusal, WebRequest request) {
        return answer(refusal, refusal.problem(), refusal.headers(), request);
    }

    /** Of an address or a form that falls into no names and values; it is read late, when somebody asks for one. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handle(InvalidParameterException e, WebRequest request) {
        return e.getErrorCode() == HttpStatus.CONTENT_TOO_LARGE.value()
                ? answer(
                        e,
                        ProblemKind.CONTENT_TOO_LARGE.problem("There are too many parameters."),
                        HttpHeaders.EMPTY,
                        request)
                : invalid(
                        e,
                        List.of(new FieldProblem("parameters", "must be names and values that can be read")),
                        HttpHeaders.EMPTY,
                        request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(e, FieldProblems.of(e.getBindingResult()), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return e.isForReturnValue()
                ? super.handleHandlerMethodValidationException(e, headers, status, request)
                : invalid(e, FieldProblems.of(e), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return refusalWithin(e) instanceof Refusal refusal
                ? handle(refusal, request)
                : invalid(e, UnreadableBody.explain(WrongFields.noted(), e.getCause()), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return refusalWithin(e) instanceof Refusal refusal
                ? handle(refusal, request)
                : invalid(e, List.of(FieldProblems.of(e)), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(e, List.of(new FieldProblem(e.getParameterName(), "is required")), headers, request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handle(MissingRequestHeaderException e, WebRequest request) {
        if (e.getHeaderName().equalsIgnoreCase(HttpHeaders.IF_MATCH)) {
            var detail = "Send If-Match with the ETag of what you read, so that nobody else's change is overwritten.";
            return answer(e, ProblemKind.PRECONDITION_REQUIRED.problem(detail), HttpHeaders.EMPTY, request);
        }
        return invalid(e, List.of(new FieldProblem(e.getHeaderName(), "is required")), HttpHeaders.EMPTY, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (request instanceof ServletWebRequest servlet
                && servlet.getResponse() != null
                && servlet.getResponse().isCommitted()) {
            throw new IllegalStateException("failed in the middle of an answer, which is therefore cut off", e);
        }
        var problem = body instanceof ProblemDetail known && known.getType() != null
                ? known
                : ProblemKind.of(status).problem(detail(e));
        if (status.is5xxServerError() && !(e instanceof ErrorResponse)) {
            problem = Failures.log(e, request);
        }
        var typed = HttpHeaders.copyOf(headers);
        typed.setContentType(
                MediaType.APPLICATION_PROBLEM_JSON); // whatever the caller accepts: he learns what is wrong
        return super.handleExceptionInternal(e, problem, typed, status, request);
    }

    private @Nullable ResponseEntity<Object> invalid(
            Exception e, List<FieldProblem> errors, HttpHeaders headers, WebRequest request) {
        return answer(e, new InvalidField(errors).problem(), headers, request);
    }

    private @Nullable ResponseEntity<Object> answer(
            Exception e, ProblemDetail problem, HttpHeaders headers, WebRequest request) {
        return handleExceptionInternal(e, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    private static @Nullable Refusal refusalWithin(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal;
            }
        }
        return null;
    }

    private static String detail(Exception e) {
        return switch (e) {
            case NoResourceFoundException _ -> "There is nothing at this address.";
            case HttpRequestMethodNotSupportedException method -> "Supported here: " + supported(method) + ".";
            case HttpMediaTypeNotAcceptableException media -> "Available: " + types(media.getSupportedMediaTypes());
            case HttpMediaTypeNotSupportedException media -> "Send " + types(media.getSupportedMediaTypes());
            default -> "The request cannot be answered.";
        };
    }

    private static String supported(HttpRequestMethodNotSupportedException e) {
        var methods = e.getSupportedMethods();
        return methods == null ? "nothing" : String.join(", ", methods);
    }

    private static String types(List<MediaType> types) {
        return types.stream()
                .filter(MediaType::isConcrete)
                .map(type -> type.getType() + "/" + type.getSubtype())
                .distinct()
                .collect(Collectors.joining(", ", "", "."));
    }
}
