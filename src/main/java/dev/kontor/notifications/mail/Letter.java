package dev.kontor.notifications.mail;

import org.jspecify.annotations.Nullable;

/**
 * What a mail says, once as text and once as HTML.
 *
 * @param id by which mail programs know it, without brackets
 * @param answers the id of the mail that it belongs to; null where it stands alone, or opens the conversation
 * @param unsubscribe where who has the mail ends it with one request; null where there is no such address
 */
record Letter(
        String to,
        String id,
        @Nullable String answers,
        String subject,
        String text,
        String html,
        @Nullable String unsubscribe) {

    /** To somebody. */
    @Override
    public String toString() {
        return "Letter[" + id + "]";
    }
}
