package dev.kontor.architecture.planted.aggregates.orders;

import org.jmolecules.ddd.annotation.AggregateRoot;
import org.jmolecules.ddd.annotation.Identity;

/** Holds another aggregate instead of its id. */
@AggregateRoot
class Basket {
    @Identity
    String id;

    Customer customer;
}
