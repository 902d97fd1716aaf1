package dev.kontor.api;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Which page of a list a caller asks for. A controller takes it as a parameter, asks its source for one item more than
 * {@link #limit()}, and answers with {@link Page#cut}.
 */
@ParameterObject
public record PageQuery(
        @Parameter(
                description = "How many items at most",
                schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
        int limit,

        @Parameter(description = "The `next` of the page before") @Nullable
        String after) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAXIMUM_LIMIT = 500;

    public PageQuery {
        if (limit < 1 || limit > MAXIMUM_LIMIT) {
            throw new InvalidField("limit", "must be from 1 to " + MAXIMUM_LIMIT);
        }
    }

    public static PageQuery parse(@Nullable String limit, @Nullable String after) {
        try {
            return new PageQuery(
                    limit == null ? DEFAULT_LIMIT : Integer.parseInt(limit),
                    after == null || after.isEmpty() ? null : after);
        } catch (NumberFormatException e) {
            throw new InvalidField("limit", "must be a whole number from 1 to " + MAXIMUM_LIMIT);
        }
    }

    /**
     * Where the page before ended, empty on the first page.
     *
     * @param position the record that {@link Page#cut} got for this list; another list's cursor is refused
     */
    public <P extends Record> Optional<P> after(Class<P> position) {
        return after == null ? Optional.empty() : Optional.of(ListCursor.read(after, position));
    }
}
