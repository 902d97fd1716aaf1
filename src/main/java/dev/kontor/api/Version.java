package dev.kontor.api;

/** Which version of a changeable thing a caller has read; as text it is the value of the {@code ETag} header. */
public record Version(long number) {

    public String etag() {
        return "\"" + number + "\"";
    }
}
