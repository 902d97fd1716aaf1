package dev.kontor.architecture.planted.transport.orders;

import org.jmolecules.ddd.annotation.AggregateRoot;
import org.jmolecules.ddd.annotation.Identity;
import org.springframework.http.HttpStatus;

/** Knows how it is sent. */
@AggregateRoot
class Invoice {
    @Identity
    String id;

    HttpStatus status;
}
