package dev.kontor.sandbox;

import dev.kontor.sandbox.amazon.Amazon;
import dev.kontor.sandbox.http.Reply;

/** The strings that can be pulled at the simulated Amazon. */
final class AmazonControl {

    private final Sandbox sandbox;

    AmazonControl(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    void describe(WixControl.Description list) {
        list.on(
                "GET",
                "/amazon/seller",
                "what a seller enters to connect his account",
                it -> Reply.json(200, amazon().entries()));
        list.on(
                "POST",
                "/amazon/tokens/revoke",
                "the seller takes his permission back; /amazon/seller tells the new token",
                it -> {
                    amazon().revoke();
                    return Reply.json(200, amazon().entries());
                });
    }

    private Amazon amazon() {
        return sandbox.amazon();
    }
}
