package dev.kontor.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.kontor.HttpCaller;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;

/** What people were told of. */
final class AlertExamples extends RouteExamples {

    private final AccountView shop;
    private final Raising raising;

    AlertExamples(HttpCaller administrator, AccountView shop, Raising raising) {
        super(administrator);
        this.shop = shop;
        this.raising = raising;
        alerts();
    }

    private String anAlert() {
        raising.raise(
                new Cause(AlertKind.SYNC_FAILING, Subject.of(shop.id()), "seed-" + UUID.randomUUID()),
                Sighting.of("seed", Facts.none(), Instant.now()));
        return "/api/v1/alerts/"
                + administrator
                        .get("/api/v1/alerts?limit=1&account=" + shop.id())
                        .json()
                        .at("/items/0/id")
                        .asString();
    }

    private void alerts() {
        example(
                "POST /api/v1/alerts/{id}/take",
                "alert.taken",
                caller -> caller.send("POST", anAlert() + "/take", null));
        example(
                "POST /api/v1/alerts/{id}/snooze",
                "alert.snoozed",
                caller -> caller.post(
                        anAlert() + "/snooze",
                        Map.of("until", Instant.now().plusSeconds(60).toString())));
        example(
                "POST /api/v1/alerts/{id}/resolve",
                "alert.resolved",
                caller -> caller.send("POST", anAlert() + "/resolve", null));
        example("POST /api/v1/alerts/{id}/reopen", "alert.reopened", caller -> {
            var alert = anAlert();
            administrator.send("POST", alert + "/resolve", null);
            return caller.send("POST", alert + "/reopen", null);
        });
    }
}
