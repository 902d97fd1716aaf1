package dev.kontor.api.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.ResolvableType;
import org.springframework.validation.BindingResult;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

import dev.kontor.api.FieldProblem;

/** Reads from Spring's exceptions which fields are wrong, and never what was sent. */
final class FieldProblems {

    private static final String NOT_VALID = "is not valid";

    private FieldProblems() {}

    static List<FieldProblem> of(Errors errors) {
        return errors.getAllErrors().stream()
                .map(error -> error instanceof FieldError field ? of(field, errors) : ofWhole(error))
                .sorted((a, b) -> a.field().compareTo(b.field()))
                .toList();
    }

    static List<FieldProblem> of(MethodValidationResult result) {
        List<FieldProblem> problems = new ArrayList<>();
        for (var parameter : result.getParameterValidationResults()) {
            problems.addAll(of(parameter));
        }
        for (var error : result.getCrossParameterValidationResults()) {
            problems.add(new FieldProblem("parameters", message(error)));
        }
        return problems;
    }

    static FieldProblem of(TypeMismatchException e) {
        var name = e.getPropertyName();
        var type = e instanceof MethodArgumentTypeMismatchException argument ? element(argument) : e.getRequiredType();
        return new FieldProblem(name == null ? "parameter" : name, Expected.message(type, NOT_VALID));
    }

    private static List<FieldProblem> of(ParameterValidationResult result) {
        if (result instanceof ParameterErrors errors) {
            return of((Errors) errors);
        }
        var name = RequestNames.of(result.getMethodParameter());
        return result.getResolvableErrors().stream()
                .map(error -> new FieldProblem(name, message(error)))
                .toList();
    }

    private static FieldProblem of(FieldError error, Errors errors) {
        if (!error.isBindingFailure()) {
            return new FieldProblem(error.getField(), message(error));
        }
        var type = errors instanceof BindingResult result ? result.getFieldType(error.getField()) : null;
        if (type == null && errors instanceof BindingResult result && result.getTarget() instanceof Object target) {
            type = ResolvableType.forClass(target.getClass()).resolve();
        }
        return new FieldProblem(error.getField(), Expected.message(type, NOT_VALID));
    }

    private static FieldProblem ofWhole(ObjectError error) {
        return new FieldProblem("body", message(error));
    }

    private static String message(MessageSourceResolvable error) {
        return Objects.requireNonNullElse(error.getDefaultMessage(), NOT_VALID);
    }

    /** {@code ids=x} for a list of UUIDs: the caller sent one element, not a list. */
    private static Class<?> element(MethodArgumentTypeMismatchException e) {
        var type = ResolvableType.forMethodParameter(e.getParameter());
        var nested = Collection.class.isAssignableFrom(type.toClass()) ? type.getGeneric(0) : type;
        return nested.resolve(Object.class);
    }
}
