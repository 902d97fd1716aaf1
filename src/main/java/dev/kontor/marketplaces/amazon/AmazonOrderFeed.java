package dev.kontor.marketplaces.amazon;

import java.time.Duration;
import java.time.Instant;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.OrderFeed;
import dev.kontor.marketplaces.Period;

/** Amazon's orders. */
@SecondaryAdapter
@Component
class AmazonOrderFeed implements OrderFeed {

    @Override
    public Answer<ChangePage> changesSince(@Nullable Cursor after, Connection connection) {
        return new Answer.Rejected<>("NOT_YET", "not built yet");
    }

    @Override
    public Answer<LogEnd> end(Connection connection) {
        return new Answer.Rejected<>("NOT_YET", "not built yet");
    }

    @Override
    public Answer<OrderReading> order(String externalId, Connection connection) {
        return new Answer.Rejected<>("NOT_YET", "not built yet");
    }

    @Override
    public Answer<OrderPage> placedWithin(Period period, @Nullable Cursor after, Connection connection) {
        return new Answer.Rejected<>("NOT_YET", "not built yet");
    }

    @Override
    public OrderReading interpret(ObjectNode document, Instant asOf) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public Retention retention() {
        return new Retention(Duration.ofDays(730), Duration.ofDays(730), Duration.ofMinutes(5));
    }
}
