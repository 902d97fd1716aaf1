package dev.kontor.audit;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Who acts.
 *
 * @param name to be shown; of one that is an address or a number only the beginning
 */
public record Actor(Kind kind, String id, String name) {

    public enum Kind {
        PERSON,
        API_KEY,
        /** A person, by a bot. */
        BOT,
        JOB,
        /** Kontor itself, as when it starts for the first time. */
        KONTOR,
        /** Somebody at a door that is open to everybody. */
        ANYBODY
    }

    /** Kontor itself, where neither a request nor a job is the reason. */
    public static final Actor KONTOR = new Actor(Kind.KONTOR, "kontor", "kontor");

    public static final Actor ANYBODY = new Actor(Kind.ANYBODY, "anybody", "anybody");

    private static final Pattern ADDRESS = Pattern.compile("(\\S)\\S*@\\S*");
    private static final Pattern NUMBER = Pattern.compile("(\\+?\\d{2})[\\d ()/.-]{4,}");

    public static Actor person(UUID id, String name) {
        return new Actor(Kind.PERSON, id.toString(), shown(name));
    }

    public static Actor key(UUID id, String name) {
        return new Actor(Kind.API_KEY, id.toString(), shown(name));
    }

    public static Actor job(String name) {
        return new Actor(Kind.JOB, name, name);
    }

    /** People may be called by an e-mail address or a telephone number. */
    public static String shown(String name) {
        return NUMBER.matcher(ADDRESS.matcher(name).replaceAll("$1***")).replaceAll("$1***");
    }
}
