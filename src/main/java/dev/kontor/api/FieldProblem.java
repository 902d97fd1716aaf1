package dev.kontor.api;

/**
 * What is wrong with one field of a request, without its value.
 *
 * @param field the path of a field in the body, the name of a parameter or header, or {@code body}
 */
public record FieldProblem(String field, String message) {}
