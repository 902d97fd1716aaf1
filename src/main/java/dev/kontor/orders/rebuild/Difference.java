package dev.kontor.orders.rebuild;

import dev.kontor.orders.OrderId;

/**
 * Where the archive says something else of an order than its document does now.
 *
 * @param field of the canonical order, or {@code document} where it cannot be understood any more, or shows
 *     what is personal
 * @param archived what the archive says
 * @param rebuilt what the document says, or why it cannot be understood
 */
public record Difference(OrderId order, String field, String archived, String rebuilt) {}
