package dev.kontor.sandbox;

import java.util.Map;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.http.Site;

/** Says at the bare address what there is. */
final class FrontPage implements Site {

    private static final String PREFIX = "/";

    private final Sandbox sandbox;

    FrontPage(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public Outcome answer(Call call) {
        var reply = call.path().equals(PREFIX)
                ? Reply.json(200, sandbox.index())
                : Reply.json(404, Map.of("error", "There is nothing at " + call.path() + "; see " + PREFIX));
        return new Outcome(PREFIX, reply, Delivery.WHOLE);
    }
}
