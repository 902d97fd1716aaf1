package dev.kontor.inventory.policies;

import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.kontor.inventory.allocation.Policy;
import dev.kontor.inventory.allocation.Policy.Field;
import dev.kontor.inventory.allocation.Policy.Level;
import dev.kontor.inventory.allocation.Strategy;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyWishTests {

    private static final PolicyWish ESCROW = new PolicyWish(Strategy.ESCROW, null, null, null, null);
    private static final PolicyWish BUFFER_2 = new PolicyWish(null, 2, null, null, null);
    private static final PolicyWish BUFFER_0 = new PolicyWish(null, 0, null, null, null);

    @Test
    void takesEachFieldFromTheNearestLevelThatSaysSomethingOfIt() {
        var policy = PolicyWish.resolve(Map.of(
                Level.DEFAULT, ESCROW, Level.ITEM, BUFFER_2, Level.ACCOUNT, new PolicyWish(null, null, 1, 9, true)));

        assertThat(policy)
                .isEqualTo(new Policy(
                        Strategy.ESCROW,
                        2,
                        1,
                        9,
                        true,
                        Map.of(
                                Field.STRATEGY, Level.DEFAULT,
                                Field.BUFFER, Level.ITEM,
                                Field.MINIMUM, Level.ACCOUNT,
                                Field.MAXIMUM, Level.ACCOUNT,
                                Field.PAUSED, Level.ACCOUNT)));
    }

    @Test
    void listingGoesBeforeAccountAndAccountBeforeItem() {
        var all = Map.of(
                Level.ITEM,
                BUFFER_2,
                Level.ACCOUNT,
                new PolicyWish(null, 3, null, null, null),
                Level.LISTING,
                BUFFER_0);

        assertThat(PolicyWish.resolve(all).buffer()).isZero();
        assertThat(PolicyWish.resolve(Map.of(Level.ITEM, all.get(Level.ITEM), Level.ACCOUNT, all.get(Level.ACCOUNT)))
                        .buffer())
                .isEqualTo(3);
    }

    @Test
    void dividesTheLastUnitsWhereNobodySaysAnything() {
        assertThat(PolicyWish.resolve(Map.of())).isEqualTo(Policy.OF_KONTOR);
        assertThat(Policy.OF_KONTOR.strategy()).isEqualTo(Strategy.AUTO);
    }
}
