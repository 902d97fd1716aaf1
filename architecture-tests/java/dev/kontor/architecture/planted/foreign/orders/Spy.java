package dev.kontor.architecture.planted.foreign.orders;

/** Reads the table of another module. */
class Spy {
    String sql(String column) {
        return "select a." + column + " from orders.orders o join accounts.accounts a on a.id = o.account";
    }
}
