package dev.kontor.sandbox.allegro;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.world.Deed;

/** The page on which the seller says yes or no to a program. */
final class ConfirmationPage {

    private static final String PAGE = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Allegro sandbox</title>
            <body style="font-family:sans-serif;max-width:32em;margin:4em auto"><h1>Connect an application</h1>
            %s</body></html>
            """;

    private final World world;

    ConfirmationPage(World world) {
        this.world = world;
    }

    Reply show(Call call) {
        var code = Call.first(call.query(), "code");
        if (code == null || !world.devices().undecided(code, world.wall())) {
            return page(404, "<p>This code is unknown, used or expired.</p>");
        }
        return page(200, """
                <p>May the application with the code <b>%s</b> read your orders?</p><form method="post">
                <input type="hidden" name="code" value="%s">
                <button name="decision" value="confirm">Confirm</button>
                <button name="decision" value="refuse">Refuse</button></form>
                """.formatted(code, code));
    }

    Reply decide(Call call) {
        var code = Call.first(call.form(), "code");
        if (code == null || !world.devices().undecided(code, world.wall())) {
            return page(404, "<p>This code is unknown, used or expired.</p>");
        }
        var confirmed = "confirm".equals(Call.first(call.form(), "decision"));
        world.happen(new Deed.DeviceDecided(code, confirmed, 0));
        return page(200, confirmed ? "<p>The application is connected.</p>" : "<p>The application was refused.</p>");
    }

    private static Reply page(int status, String content) {
        return Reply.of(status, "text/html;charset=UTF-8", PAGE.formatted(content));
    }
}
