package dev.kontor.architecture.planted.foreign.orders;

import org.springframework.context.annotation.Profile;
import org.springframework.data.relational.core.mapping.Table;

@Profile("planted")
@Table(schema = "orders", name = "orders")
class Reader {
    String sql = "select orders.id from orders.orders orders";
    String setting = "kontor.accounts.page-size";
    String advice = "select one of the accounts. It must be active";
}
