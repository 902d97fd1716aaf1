package dev.kontor;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.awaitility.core.ConditionFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The accounts of one seller at the sandbox's Allegro, Wix and Amazon. He connects them to a Kontor over its REST
 * interface, confirms what Allegro asks of him, and answers what the truth about his stock is and what Kontor may do.
 */
public final class ThreeAccounts {

    public static final String ALLEGRO = "allegro";
    public static final String WIX = "wix";
    public static final String AMAZON = "amazon";
    public static final List<String> ALL = List.of(ALLEGRO, WIX, AMAZON);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpCaller control;
    private final HttpCaller kontor;
    private final ConditionFactory waiting;
    private final Map<String, UUID> ids = new LinkedHashMap<>();

    /**
     * @param control of the sandbox
     * @param waiting how long and how often to look whether Kontor is ready
     */
    public ThreeAccounts(HttpCaller control, HttpCaller kontor, ConditionFactory waiting) {
        this.control = control;
        this.kontor = kontor;
        this.waiting = waiting;
    }

    /** Through the marketplaces' own flows; ends when what they offer has been read. */
    public void connect() {
        ALL.forEach(marketplace -> {
            ids.put(marketplace, connect(marketplace));
            confirm(marketplace);
        });
        var hooks = Map.of("url", "http://localhost:" + kontor.port() + "/hooks/v1/wix");
        ok(control.send("PUT", "/control/wix/webhooks", JSON.writeValueAsString(hooks)));
        ALL.forEach(marketplace -> waiting.until(() -> ok(kontor.get(path(marketplace) + "/inventory"))
                .at("/figures/readAt")
                .isString()));
    }

    private UUID connect(String marketplace) {
        var wish = new HashMap<String, Object>(
                Map.of("name", "Shop at " + marketplace, "marketplace", marketplace, "ownerId", UUID.randomUUID()));
        wish.putAll(credentials(marketplace));
        return UUID.fromString(
                ok(kontor.post("/api/v1/accounts", wish)).path("id").asString());
    }

    /** What the seller enters, where he is not asked to confirm. */
    private Map<String, Object> credentials(String marketplace) {
        return switch (marketplace) {
            case ALLEGRO -> Map.of();
            case WIX -> {
                var site = ok(control.get("/control/wix/site"));
                yield Map.of(
                        "credentials",
                        Map.of("instanceId", site.path("instanceId").asString()));
            }
            default ->
                Map.of(
                        "credentials",
                        ok(control.get("/control/amazon/seller"))
                                .propertyStream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, it -> it.getValue().asString())));
        };
    }

    /** Until the account is active, with whatever code Kontor shows. */
    private void confirm(String marketplace) {
        waiting.ignoreExceptions().until(() -> {
            var account = account(marketplace);
            if (account.has("userCode")) {
                var code = account.path("userCode").asString();
                control.post("/control/allegro/device/" + code + "/confirm", ""); // refused if it is confirmed already
            }
            return account.path("state").asString().equals("ACTIVE") && !account.has("userCode");
        });
    }

    /** After the seller took his permission back. */
    public void reconnect(String marketplace) {
        ok(kontor.post(path(marketplace) + "/reauthorize", credentials(marketplace)));
        confirm(marketplace);
    }

    /** @param answer to the question what the truth is and what Kontor does, instead of the one before */
    public void answer(String marketplace, Map<String, Object> answer) {
        waiting.untilAsserted(
                () -> { // also for the orders that were placed before it was read
                    var path = path(marketplace) + "/inventory";
                    var version = kontor.get(path).header("ETag");
                    var caller = version.isEmpty() ? kontor : kontor.with("If-Match", version);
                    ok(caller.send("PUT", path, JSON.writeValueAsString(answer)));
                });
    }

    public JsonNode account(String marketplace) {
        return ok(kontor.get(path(marketplace)));
    }

    private String path(String marketplace) {
        return "/api/v1/accounts/" + id(marketplace);
    }

    public UUID id(String marketplace) {
        return ids.get(marketplace);
    }

    /** What was answered, which has to be a success. */
    public static JsonNode ok(HttpCaller.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer.body().isEmpty() ? JSON.nullNode() : answer.json();
    }
}
