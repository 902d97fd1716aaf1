package dev.kontor.notifications.rules;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.OversellDetected;
import dev.kontor.inventory.OversellEnded;
import dev.kontor.inventory.OversellId;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alert.State;
import dev.kontor.orders.OrderId;

import static org.assertj.core.api.Assertions.assertThat;

class OversoldModuleTests extends RuleFixture {

    private final ItemId item = new ItemId(UUID.randomUUID());

    private OversellId sold(int units) {
        var oversell = new OversellId(UUID.randomUUID());
        tell(new OversellDetected(oversell, item, units, new OrderId(UUID.randomUUID()), clock.instant()));
        return oversell;
    }

    @Test
    void anItemIsToldOfOnceUntilThereIsEnoughForAllOrders() {
        upstream.skus.put(item, "CUP");
        var first = sold(1);
        var second = sold(3);

        assertThat(about(item))
                .returns(AlertKind.OVERSELL, Alert::kind)
                .returns(Severity.CRITICAL, Alert::severity)
                .returns(2L, Alert::count);
        assertThat(said(about(item))).startsWith("CUP is oversold. ").contains("are not there: 3.");

        tell(new OversellEnded(second, item, clock.instant()));
        assertThat(about(item).state()).isEqualTo(State.OPEN);
        tell(new OversellEnded(first, item, clock.instant()));
        assertThat(about(item).state()).isEqualTo(State.RESOLVED);
    }
}
