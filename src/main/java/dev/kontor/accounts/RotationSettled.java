package dev.kontor.accounts;

import java.util.UUID;

import org.jmolecules.event.annotation.DomainEvent;

/**
 * A secret of which {@link RotationAnnounced} told was replaced, or is not in use any more. Published once, within an hour or
 * so; of a secret of Kontor's own application within days.
 *
 * @param id of the entry in the calendar
 */
@DomainEvent
public record RotationSettled(UUID id) {}
