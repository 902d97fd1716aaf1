package dev.kontor.architecture.planted.transport.orders.archive;

class Table {
    java.sql.Connection fine;
}
