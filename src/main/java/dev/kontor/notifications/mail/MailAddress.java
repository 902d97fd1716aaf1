package dev.kontor.notifications.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address that mail can be sent to: one, and nothing that could be read as more than that. */
record MailAddress(String value) {

    private static final int LONGEST = 254;
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern ADDRESS =
            Pattern.compile("(" + ATOM + "(?:\\." + ATOM + ")*)@(" + LABEL + "(?:\\." + LABEL + ")+)");

    /** Empty of what is none. Of the part behind the at sign it does not matter how large the letters are. */
    static Optional<MailAddress> of(String text) {
        var found = ADDRESS.matcher(text);
        if (text.length() > LONGEST || !found.matches() || found.group(1).length() > 64) {
            return Optional.empty();
        }
        return Optional.of(new MailAddress(found.group(1) + "@" + found.group(2).toLowerCase(Locale.ROOT)));
    }

    /** It is somebody's. */
    @Override
    public String toString() {
        return "MailAddress";
    }
}
