package dev.kontor.api;

import java.util.List;
import java.util.stream.Collectors;

import org.springframework.http.ProblemDetail;

/** One or several fields of the request are wrong. */
public final class InvalidField extends Refusal {

    private final List<FieldProblem> errors;

    public InvalidField(List<FieldProblem> errors) {
        super(sentence(errors));
        this.errors = List.copyOf(errors);
    }

    public InvalidField(String field, String message) {
        this(List.of(new FieldProblem(field, message)));
    }

    public List<FieldProblem> errors() {
        return errors;
    }

    @Override
    public ProblemDetail problem() {
        var problem = ProblemKind.INVALID_REQUEST.problem(detail());
        problem.setProperty("errors", errors);
        return problem;
    }

    private static String sentence(List<FieldProblem> errors) {
        return errors.stream()
                .map(error -> error.field() + " " + error.message())
                .collect(Collectors.joining("; ", "", "."));
    }
}
