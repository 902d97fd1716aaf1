package dev.kontor.api;

import java.util.Arrays;
import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The versions that a caller is ready to change. A controller takes it as {@code @RequestHeader("If-Match") IfMatch};
 * without the header the request is refused.
 */
@Schema(type = "string", description = "The ETag of what is to be changed", example = "\"7\"")
public record IfMatch(List<String> tags) {

    /** Spring converts the header by this method. */
    public static IfMatch valueOf(String header) {
        return new IfMatch(Arrays.stream(header.split(",")).map(String::strip).toList());
    }

    public void require(Version present) {
        if (!tags.contains("*") && !tags.contains(present.etag())) {
            throw new PreconditionFailed(
                    "It was changed since you read it; its present ETag is " + present.etag() + ".");
        }
    }
}
