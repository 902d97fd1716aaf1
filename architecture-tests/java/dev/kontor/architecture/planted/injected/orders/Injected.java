package dev.kontor.architecture.planted.injected.orders;

import org.springframework.beans.factory.annotation.Autowired;

/** Hides what it needs. */
class Injected {
    @Autowired
    String value;
}
