package dev.kontor.accounts.hooks;

import java.util.List;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;

import dev.kontor.accounts.Connections;
import dev.kontor.accounts.Hints;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Lane;

/** Asks the marketplace with the permission that is in doubt; where it is refused the account is deactivated by that. */
@Component
class DoubtedPermission {

    private final Connections connections;
    private final Hints hints;

    DoubtedPermission(Connections connections, Hints hints) {
        this.connections = connections;
        this.hints = hints;
    }

    @ApplicationModuleListener(propagation = Propagation.NOT_SUPPORTED)
    void on(PermissionDoubted event) {
        var answer = connections.call(
                event.account(), Lane.LIVE_ORDERS, (marketplace, connection) -> marketplace.seller(connection));
        switch (answer) {
            case Answer.Ok<?> ignored -> hints.settled(List.of(event.delivery()));
            case Answer.Unauthorized<?> ignored -> hints.settled(List.of(event.delivery()));
            case Answer.Rejected<?> ignored -> hints.settled(List.of(event.delivery()));
            case Answer.Throttled<?> ignored -> hints.failed(List.of(event.delivery()), answer.failure());
            case Answer.Unavailable<?> ignored -> hints.failed(List.of(event.delivery()), answer.failure());
            case Answer.Malformed<?> ignored -> hints.failed(List.of(event.delivery()), answer.failure());
        }
    }
}
