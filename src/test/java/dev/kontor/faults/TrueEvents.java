package dev.kontor.faults;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.allegro.TrueEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** The events that a seller's log gets from some instant on. */
final class TrueEvents {

    private final Sandbox sandbox;
    private final int seller;
    private final Set<String> before;

    TrueEvents(Sandbox sandbox, int seller) {
        this.sandbox = sandbox;
        this.seller = seller;
        this.before = ids();
    }

    private Set<String> ids() {
        return sandbox.allegro().events(seller).map(TrueEvent::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Waits until the archive holds each of them once, and nothing else. */
    void awaitInArchive(JdbcClient jdbc, UUID account) {
        var expected = ids();
        expected.removeAll(before);
        assertThat(expected).isNotEmpty();
        Seller.waiting().untilAsserted(() -> {
            var found = archived(jdbc, account);
            assertThat(found).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(found)).isEqualTo(expected);
        });
    }

    private static List<String> archived(JdbcClient jdbc, UUID account) {
        return jdbc.sql("select external_id from orders.order_events where account = ?")
                .param(account)
                .query(String.class)
                .list();
    }
}
