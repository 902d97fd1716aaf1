package dev.kontor.marketplaces.allegro;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ListPositionTests {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void beginsAnewAtTheNewestOrderOfThePageBefore() {
        var next = new ListPosition(NOON, 0).after(100, NOON.plusSeconds(5), 100);

        assertThat(next).isEqualTo(new ListPosition(NOON.plusSeconds(5), 0));
    }

    @Test
    void countsOnlyWhileOneInstantFillsWholePages() {
        assertThat(new ListPosition(NOON, 0).after(100, NOON, 100)).isEqualTo(new ListPosition(NOON, 100));
    }

    @Test
    void neverAsksBeyondWhatCanBeReached() {
        var position = new ListPosition(NOON, 0);
        for (int page = 0; page < 200; page++) {
            position = position.after(100, NOON, 100);
            assertThat(position.offset() + 100).isLessThanOrEqualTo(10_000);
        }
        assertThat(position.from()).isAfter(NOON);
    }
}
