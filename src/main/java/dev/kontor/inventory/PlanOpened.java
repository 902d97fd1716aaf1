package dev.kontor.inventory;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;
import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;

/**
 * A mass change waits for a person. Published once a plan, in the transaction that opened it; more listings may join.
 *
 * @param account whose listings would be set to zero; null where a source jumps, which may concern several
 * @param listings how many wait so far
 */
@DomainEvent
public record PlanOpened(PlanId plan, @Nullable AccountId account, int listings, Instant at) {}
