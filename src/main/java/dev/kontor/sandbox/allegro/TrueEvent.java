package dev.kontor.sandbox.allegro;

/** An entry of the event log. */
public record TrueEvent(String id, String type, String order, String occurredAt) {}
