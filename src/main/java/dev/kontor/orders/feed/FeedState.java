package dev.kontor.orders.feed;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.orders.FeedWindowUsed.Level;

/**
 * How far an account's changes were followed.
 *
 * @param startedAt what was bought before is the backfill's
 * @param readAt when the marketplace last answered
 * @param watermark up to when every sale is known
 */
public record FeedState(
        AccountId account,
        @Nullable Cursor cursor,
        Instant startedAt,
        Instant readAt,
        Instant watermark,
        Level level,
        long version) {}
