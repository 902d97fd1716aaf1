package dev.kontor.marketplaces.allegro;

/** A record that Allegro sent lacks something or has it in a form nobody knows. Names the field, never its value. */
class UnreadableField extends RuntimeException {

    UnreadableField(String path, String problem) {
        this(path + " " + problem);
    }

    UnreadableField(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
