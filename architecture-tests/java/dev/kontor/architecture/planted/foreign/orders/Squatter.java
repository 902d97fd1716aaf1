package dev.kontor.architecture.planted.foreign.orders;

import org.springframework.context.annotation.Profile;
import org.springframework.data.relational.core.mapping.Table;

/** Is stored in the schema of another module. */
@Profile("planted")
@Table(schema = "accounts", name = "accounts")
class Squatter {}
