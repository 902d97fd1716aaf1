package dev.kontor.sandbox.allegro;

import tools.jackson.databind.node.ObjectNode;

/** Breaks a checkout form in one of the ways that no reader can make sense of. */
final class Malformed {

    private Malformed() {}

    static ObjectNode of(ObjectNode document, long hash) {
        switch ((int) Math.floorMod(hash, 4)) {
            case 0 -> document.remove("lineItems");
            case 1 -> document.withArray("lineItems").get(0).asObject().put("quantity", "dwa");
            case 2 -> document.putNull("id");
            default ->
                document.set(
                        "summary", Json.object().set("totalToPay", Json.object().put("amount", "12,zł")));
        }
        return document;
    }
}
