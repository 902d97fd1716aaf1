package dev.kontor.faults;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import dev.kontor.sandbox.Sandbox;

/** A Kontor's clock that goes as its sandbox does. */
final class SandboxTime extends Clock {

    private final Sandbox sandbox;

    SandboxTime(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public Instant instant() {
        return sandbox.now();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
