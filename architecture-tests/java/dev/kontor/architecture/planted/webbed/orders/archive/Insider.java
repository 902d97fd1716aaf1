package dev.kontor.architecture.planted.webbed.orders.archive;

/** A use case that knows its controller. */
class Insider {
    dev.kontor.architecture.planted.webbed.orders.web.OrderController controller;
}
