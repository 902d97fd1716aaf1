package dev.kontor.notifications.webhooks;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What is to be other than it is; null stays, but a grant of personal data ends with the address that it was for. */
public record ChangeEndpoint(
        @Nullable String url,
        @Nullable String description,
        @Nullable List<MessageType> kinds,
        @Nullable Boolean personalData,
        @Nullable Boolean enabled) {

    public ChangeEndpoint {
        kinds = kinds == null ? null : inOrder(kinds);
    }

    private static List<MessageType> inOrder(Collection<MessageType> kinds) {
        return kinds.stream().distinct().sorted().toList();
    }

    /** It may hold what only its owner should know. */
    @Override
    public String toString() {
        return "ChangeEndpoint[" + kinds + ", enabled=" + enabled + "]";
    }
}
