package dev.kontor.marketplaces.exchange;

/** A record that a marketplace sent lacks something or has it in a form nobody knows. Names the field, never its value. */
public class UnreadableField extends RuntimeException {

    public UnreadableField(String path, String problem) {
        this(path + " " + problem);
    }

    public UnreadableField(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
