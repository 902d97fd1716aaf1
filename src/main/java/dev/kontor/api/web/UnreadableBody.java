package dev.kontor.api.web;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import dev.kontor.api.FieldProblem;

/** Why a body could not be read: the field or the place, never the content. */
final class UnreadableBody {

    private static final String BODY = "body";

    private UnreadableBody() {}

    /** @param noted what was found before reading ended; it may well be why reading ended */
    static List<FieldProblem> explain(List<FieldProblem> noted, @Nullable Throwable cause) {
        return noted.isEmpty() || cause instanceof MismatchedInputException || cause instanceof StreamReadException
                ? Stream.concat(noted.stream(), Stream.of(explain(cause)))
                        .distinct()
                        .toList()
                : noted;
    }

    private static FieldProblem explain(@Nullable Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException e ->
                new FieldProblem(path(e), "is not known here; known are " + known(e));
            case StreamConstraintsException e -> new FieldProblem(path(e), excess(e));
            case MismatchedInputException e -> new FieldProblem(path(e), mismatch(e));
            case StreamReadException e
            when e.getOriginalMessage().startsWith("Duplicate") ->
                new FieldProblem(path(e), "contains a field twice" + place(e));
            case JacksonException e -> new FieldProblem(path(e), "is not valid JSON" + place(e));
            case null, default -> new FieldProblem(BODY, "is required");
        };
    }

    private static String excess(StreamConstraintsException e) {
        var text = e.getOriginalMessage();
        return text.startsWith("Document nesting")
                ? "must not be nested deeper than " + StrictJson.LIMITS.getMaxNestingDepth() + " levels"
                : text.startsWith("String value")
                        ? "must not have texts of more than " + StrictJson.LIMITS.getMaxStringLength() + " characters"
                        : text.startsWith("Name")
                                ? "must not have names of more than " + StrictJson.LIMITS.getMaxNameLength()
                                        + " characters"
                                : "must not have numbers of more than " + StrictJson.LIMITS.getMaxNumberLength()
                                        + " digits";
    }

    private static String mismatch(MismatchedInputException e) {
        var otherwise = path(e).equals(BODY) ? "must be a JSON object" : "must have another form";
        return Expected.message(e.getTargetType(), otherwise);
    }

    private static String known(UnrecognizedPropertyException e) {
        return e.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String place(JacksonException e) {
        var location = e.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String path(JacksonException e) {
        List<String> parts = new ArrayList<>();
        for (var reference : e.getPath()) {
            if (reference.getPropertyName() == null) {
                parts.add("[" + reference.getIndex() + "]");
            } else {
                parts.add((parts.isEmpty() ? "" : ".") + reference.getPropertyName());
            }
        }
        return parts.isEmpty() ? BODY : String.join("", parts);
    }
}
