package dev.kontor.notifications.telegram;

import java.util.List;
import java.util.function.Function;

import dev.kontor.access.Role;

/**
 * Something that a person can ask for by a command or a button.
 *
 * @param name begins with a slash where it can be written
 * @param least the role that it takes, asked for each time
 */
record Step(String name, Role least, Function<Request, List<Reply>> answer) {

    /** Parts of the bot have steps. */
    interface Source {
        List<Step> steps();
    }

    static Step looking(String name, Function<Request, List<Reply>> answer) {
        return new Step(name, Role.VIEWER, answer);
    }

    static Step changing(String name, Function<Request, List<Reply>> answer) {
        return new Step(name, Role.MANAGER, answer);
    }
}
