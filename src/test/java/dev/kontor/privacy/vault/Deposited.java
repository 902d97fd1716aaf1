package dev.kontor.privacy.vault;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import dev.kontor.privacy.Vault.Deposit;

/** Deposits as tests need them: {@code anOrder(account).by("55000002").of("Jan Nowak").deposit()}. */
record Deposited(
        UUID account,
        UUID document,
        int version,
        @Nullable String buyer,
        String name,
        String phone,
        Instant relevantAt) {

    static Deposited anOrder(UUID account) {
        return new Deposited(
                account,
                UUID.randomUUID(),
                1,
                UUID.randomUUID().toString(),
                "Jan Nowak",
                "+48 500 000 000",
                Instant.now());
    }

    Deposited by(@Nullable String buyer) {
        return new Deposited(account, document, version, buyer, name, phone, relevantAt);
    }

    Deposited of(String name) {
        return new Deposited(account, document, version, buyer, name, phone, relevantAt);
    }

    Deposited version(int version) {
        return new Deposited(account, document, version, buyer, name, phone, relevantAt);
    }

    Deposited placed(Instant relevantAt) {
        return new Deposited(account, document, version, buyer, name, phone, relevantAt);
    }

    Map<String, JsonNode> values() {
        return Map.of(
                "/buyer/name", StringNode.valueOf(name),
                "/buyer/phoneNumber", StringNode.valueOf(phone));
    }

    Deposit deposit() {
        return new Deposit(account, document, version, buyer, relevantAt, values(), List.of(name, phone));
    }
}
