package dev.kontor.sandbox.amazon;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Fault;

/**
 * A standard SQS queue into which ORDER_CHANGE is subscribed: at least once, in no order. As much of its protocol as it
 * takes to receive and to delete. It knows what has happened since this start.
 */
final class Queue {

    private static final String ACCESS_KEY = "kontor-sandbox";
    private static final int MOST = 10;
    private static final long PATIENCE = 50;
    private static final long LATE_MILLIS = 30 * 60_000L;

    private final AmazonWorld world;
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Set<String> announced = new HashSet<>();
    private final Map<String, String> receipts = new LinkedHashMap<>();
    private final long begun;
    private long announcedUntil;

    /** @param hiddenUntil in milliseconds of the wall */
    private record Message(String id, String body, long hiddenUntil) {}

    Queue(AmazonWorld world) {
        this.world = world;
        this.begun = world.now();
        this.announcedUntil = begun;
    }

    Reply answer(Call call) throws InterruptedException {
        var signed = call.header("Authorization");
        if (signed == null || !signed.contains("Credential=" + ACCESS_KEY + "/")) {
            return problem(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        }
        JsonNode body;
        try {
            body = JsonMapper.shared().readTree(call.body());
        } catch (JacksonException e) {
            return problem(400, "MalformedInput", "The body is no JSON");
        }
        return switch (String.valueOf(call.header("X-Amz-Target"))) {
            case "AmazonSQS.ReceiveMessage" -> receive(body);
            case "AmazonSQS.DeleteMessage" -> {
                delete(body.path("ReceiptHandle").asString(""));
                yield sqs(200, JsonNodeFactory.instance.objectNode());
            }
            case "AmazonSQS.DeleteMessageBatch" -> deleteAll(body.path("Entries"));
            default -> problem(400, "UnsupportedOperation", "The sandbox does not know this operation");
        };
    }

    /** How many messages were not deleted yet. */
    synchronized int size() {
        announce();
        return messages.size();
    }

    private Reply receive(JsonNode body) throws InterruptedException {
        var deadline = System.nanoTime() + body.path("WaitTimeSeconds").asInt(0) * 1_000_000_000L;
        while (true) {
            var answer = receiveNow(body);
            if (!answer.isEmpty() || System.nanoTime() >= deadline) {
                return sqs(200, answer);
            }
            Thread.sleep(PATIENCE);
        }
    }

    private synchronized ObjectNode receiveNow(JsonNode body) {
        announce();
        var now = world.wall();
        var visible = new ArrayList<>(messages.values());
        visible.removeIf(message -> message.hiddenUntil() > now);
        Collections.shuffle(visible, new Random(world.story().seed() + announced.size()));
        var answer = JsonNodeFactory.instance.objectNode();
        var most = Math.min(MOST, body.path("MaxNumberOfMessages").asInt(1));
        var hidden = now + 1_000L * body.path("VisibilityTimeout").asInt(30);
        for (var message : visible.subList(0, Math.min(most, visible.size()))) {
            messages.put(message.id(), new Message(message.id(), message.body(), hidden));
            var receipt = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + message.id();
            receipts.put(receipt, message.id());
            answer.withArray("Messages")
                    .addObject()
                    .put("MessageId", message.id())
                    .put("ReceiptHandle", receipt)
                    .put("MD5OfBody", md5(message.body()))
                    .put("Body", message.body());
        }
        return answer;
    }

    private synchronized void delete(String receipt) {
        var id = receipts.remove(receipt);
        if (id != null) {
            messages.remove(id);
        }
    }

    private Reply deleteAll(JsonNode entries) {
        var answer = JsonNodeFactory.instance.objectNode();
        var done = answer.putArray("Successful");
        answer.putArray("Failed");
        for (var entry : entries) {
            delete(entry.path("ReceiptHandle").asString(""));
            done.addObject().put("Id", entry.path("Id").asString(""));
        }
        return sqs(200, answer);
    }

    /** Puts in what has happened since the last look; what is late comes when its time has come. */
    private void announce() {
        var now = world.moment();
        var since = announcedUntil - LATE_MILLIS;
        world.purchases().until(now).forEach(key -> {
            var purchase = world.purchases().purchase(key);
            for (var index = 0; index < purchase.steps().size(); index++) {
                var at = purchase.steps().get(index).at();
                if (at >= since && at >= begun && at <= now) {
                    announce(purchase, index, at, now);
                }
            }
        });
        announcedUntil = now;
    }

    private void announce(Purchase purchase, int index, long at, long now) {
        var place = purchase.key() * 16L + index;
        var late = world.happens(Fault.LATE_EVENT, place, at)
                ? (long) (Dice.share(world.story().seed(), "amazon notification", place) * LATE_MILLIS)
                : 0;
        var id = Dice.uuid(world.story().seed(), "amazon notification", place).toString();
        if (at + late > now || world.happens(Fault.LOST_EVENT, place, at) || !announced.add(id)) {
            return;
        }
        var body = notification(purchase, index, id).toString();
        messages.put(id, new Message(id, body, 0));
        if (world.happens(Fault.DUPLICATE_EVENT, place, at)) {
            messages.put(id + "-2", new Message(id + "-2", body, 0));
        }
    }

    private ObjectNode notification(Purchase purchase, int index, String id) {
        var step = purchase.steps().get(index);
        var rules = world.rules();
        var order = world.purchases().id(purchase.key());
        var at = OrderDocument.time(step.at()).toString();
        var notification = JsonNodeFactory.instance.objectNode();
        notification
                .put("NotificationVersion", "1.0")
                .put("NotificationType", "ORDER_CHANGE")
                .put("PayloadVersion", "1.0")
                .put("EventTime", at);
        var change = notification.putObject("Payload").putObject("OrderChangeNotification");
        change.put("NotificationLevel", "OrderLevel")
                .put("SellerId", rules.sellerId())
                .put("AmazonOrderId", order)
                .put("OrderChangeType", "OrderStatusChange");
        change.putObject("OrderChangeTrigger").put("TimeOfOrderChange", at).put("ChangeReason", "Status change");
        var summary = change.putObject("Summary")
                .put("MarketplaceId", purchase.marketplace())
                .put("OrderStatus", formerSpelling(step.status()))
                .put("PurchaseDate", OrderDocument.time(purchase.createdAt()).toString())
                .put("DestinationPostalCode", "00-001")
                .put("FulfillmentType", purchase.fba() ? "AFN" : "MFN")
                .put("OrderType", "StandardOrder");
        world.announce(summary.putArray("OrderItems"), purchase.until(index + 1));
        notification
                .putObject("NotificationMetadata")
                .put("ApplicationId", rules.clientId())
                .put("SubscriptionId", "kontor-sandbox")
                .put("PublishTime", at)
                .put("NotificationId", id);
        return notification;
    }

    /** Notifications spell a status as the API before did. */
    private static String formerSpelling(String status) {
        return switch (status) {
            case Step.PENDING -> "Pending";
            case Step.UNSHIPPED -> "Unshipped";
            case Step.PARTIALLY_SHIPPED -> "PartiallyShipped";
            case Step.SHIPPED -> "Shipped";
            default -> "Canceled";
        };
    }

    private static Reply problem(int status, String type, String message) {
        return sqs(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("__type", "com.amazonaws.sqs#" + type)
                        .put("message", message));
    }

    private static Reply sqs(int status, ObjectNode body) {
        return Reply.of(status, "application/x-amz-json-1.0", body.toString());
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
