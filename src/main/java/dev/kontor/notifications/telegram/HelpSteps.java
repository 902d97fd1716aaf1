package dev.kontor.notifications.telegram;

import java.util.List;
import java.util.stream.Collectors;

import dev.kontor.access.Role;

/** Says what a person may ask for. */
@WithBot
class HelpSteps implements Step.Source {

    private static final List<String> LOOKING = List.of(
            "orders", "find", "stock", "why", "alerts", "accounts", "health", "export", "settings", "help", "stop");
    private static final List<String> CHANGING = List.of("set", "connect");

    @Override
    public List<Step> steps() {
        return List.of(Step.looking("/help", HelpSteps::help));
    }

    private static List<Reply> help(Request request) {
        var talk = request.talk();
        var lines = LOOKING.stream().map(name -> talk.say("help." + name)).collect(Collectors.joining("\n"));
        if (request.caller().role().includes(Role.MANAGER)) {
            lines = lines + "\n"
                    + CHANGING.stream().map(name -> talk.say("help." + name)).collect(Collectors.joining("\n"));
        }
        return List.of(new Reply.Say(talk.say("help") + "\n" + lines));
    }
}
