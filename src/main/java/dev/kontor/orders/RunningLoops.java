package dev.kontor.orders;

import java.time.Duration;
import java.util.Map;

import dev.kontor.accounts.Accounts.AccountView;

/** Tells which loops of an account leave a run each time, so that one that leaves none is known to stand still. */
public interface RunningLoops {

    /** By kind, with the interval; without those that a setting switches off. */
    Map<String, Duration> of(AccountView account);
}
