package dev.kontor.architecture.planted.foreign.orders;

import org.springframework.data.relational.core.mapping.Table;

/** Is stored in the schema of another module. */
@Table(schema = "accounts", name = "accounts")
class Squatter {}
