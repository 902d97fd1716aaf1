package dev.kontor.orders.backfill;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.orders.archive.PreparedOrder;

/** A page of the past, its orders ready to be stored; without their documents, so that many may wait. */
record PreparedPage(
        List<PreparedOrder> orders,
        List<UnreadableRecord> unreadable,
        @Nullable Cursor next,
        @Nullable Long total) {}
