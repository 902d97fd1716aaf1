package dev.kontor.api.web;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.stream.Collectors;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

import jakarta.validation.Valid;
import jakarta.validation.Validator;

import dev.kontor.api.FieldProblem;
import dev.kontor.api.InvalidField;

/** Refuses a body with unreadable fields, and names at once what is wrong with the readable ones. */
@ControllerAdvice
class WholeBody extends RequestBodyAdviceAdapter {

    private final Validator validator;

    WholeBody(Validator validator) {
        this.validator = validator;
    }

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter) {
        var problems = new ArrayList<>(WrongFields.noted());
        if (problems.isEmpty()) {
            return body;
        }
        if (parameter.hasParameterAnnotation(Valid.class)) {
            var unreadable = problems.stream().map(FieldProblem::field).collect(Collectors.toSet());
            validator.validate(body).stream()
                    .map(it -> new FieldProblem(it.getPropertyPath().toString(), it.getMessage()))
                    .filter(problem -> !unreadable.contains(problem.field()))
                    .forEach(problems::add);
        }
        throw new InvalidField(problems);
    }
}
