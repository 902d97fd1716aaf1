package dev.kontor.inventory.publication;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.StockWriter.Change;

/** What to do next so that a listing comes to show what it is to show. */
sealed interface Move {

    /**
     * @param growth what is added to the exposure before it is sent
     * @param difference by how much the listing shows more when it is done, null where it shows the absolute value
     */
    record Send(Change change, long growth, @Nullable Long difference) implements Move {}

    /** A quantity and its revision have to be read first. */
    record Read() implements Move {}

    /** Nothing can be done before sales or readings make room. */
    record Wait(Duration atLeast) implements Move {}

    /** More cannot be given safely before most of what is there is sold. */
    record Withhold(long units) implements Move {}
}
