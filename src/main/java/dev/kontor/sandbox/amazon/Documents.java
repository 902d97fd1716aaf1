package dev.kontor.sandbox.amazon;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.http.Site;
import dev.kontor.sandbox.http.Wire;
import dev.kontor.sandbox.world.Fault;

/**
 * The storage to which documents of feeds are uploaded and from which they are fetched, by addresses that are good for
 * five minutes. Another host than the API's, with answers of its own kind, and without tokens.
 */
final class Documents implements Site {

    private static final String PREFIX = "/amazon-documents";
    private static final long ADDRESS_LIFE = 5 * 60_000;

    /** @param body null while nothing was uploaded */
    private record Document(String contentType, long until, byte @Nullable [] body) {}

    private final AmazonWorld world;
    private final Wire wire;
    private final Map<String, Document> uploads = new HashMap<>();

    Documents(AmazonWorld world, Wire wire) {
        this.world = world;
        this.wire = wire;
    }

    /** @return the id of a document that may be uploaded now */
    synchronized String announce(String contentType) {
        uploads.values().removeIf(document -> document.until() + ADDRESS_LIFE < world.wall());
        var id = "amzn1.tortuga.4.eu." + UUID.randomUUID() + ".T1";
        uploads.put(id, new Document(contentType, world.wall() + ADDRESS_LIFE, null));
        return id;
    }

    /** Null where nothing was uploaded. */
    synchronized byte @Nullable [] uploaded(String id) {
        var document = uploads.get(id);
        return document == null ? null : document.body();
    }

    /** Something to fetch. */
    synchronized void offer(String name, byte[] body) {
        uploads.put(name, new Document("application/json", world.wall() + ADDRESS_LIFE, body));
    }

    String address(Call call, String id) {
        return "http://" + call.header("Host") + PREFIX + "/" + id + "?X-Amz-Expires=300&X-Amz-Signature=c0ffee";
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public Outcome answer(Call call) throws InterruptedException {
        var visit = wire.visit(call);
        var before = wire.of(Wire.BEFORE, visit);
        if (before == Fault.TIMEOUT) {
            Thread.sleep(wire.timeout());
            return new Outcome(PREFIX, Reply.empty(504), Delivery.LOST);
        }
        var fails = before != null && before != Fault.TOKEN_REVOKED;
        var reply = fails ? problem(503, "SlowDown") : stored(call);
        var after = wire.of(Wire.AFTER, visit);
        return new Outcome(
                PREFIX,
                reply,
                after == Fault.ANSWER_LOST
                        ? Delivery.LOST
                        : after == Fault.TRUNCATED ? Delivery.TRUNCATED : Delivery.WHOLE);
    }

    private synchronized Reply stored(Call call) {
        var id = call.path().substring(Math.min(call.path().length(), PREFIX.length() + 1));
        var document = uploads.get(id);
        if (document == null || !call.rawQuery().contains("X-Amz-Signature=c0ffee")) {
            return problem(403, "SignatureDoesNotMatch");
        }
        if (world.wall() > document.until()) {
            return problem(403, "AccessDenied");
        }
        if (call.method().equals("GET")) {
            var body = document.body();
            var found = body == null ? problem(404, "NoSuchKey") : Reply.of(200, "application/json", body);
            return call.rawQuery().contains("response-content-encoding=gzip")
                    ? found.with("Content-Encoding", "gzip")
                    : found;
        }
        if (!call.method().equals("PUT") || !document.contentType().equals(call.header("Content-Type"))) {
            return problem(403, "SignatureDoesNotMatch");
        }
        uploads.put(id, new Document(document.contentType(), document.until(), call.body()));
        return Reply.empty(200);
    }

    private static Reply problem(int status, String code) {
        return Reply.of(
                status,
                "application/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code></Error>");
    }
}
