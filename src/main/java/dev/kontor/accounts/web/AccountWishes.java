package dev.kontor.accounts.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;

import dev.kontor.access.Caller;
import dev.kontor.accounts.ConnectAccount;
import dev.kontor.api.FieldProblem;
import dev.kontor.api.InvalidField;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.Marketplaces;

/** Reads what a client wants, and names everything that is wrong with it at once. */
@Component
class AccountWishes {

    /** Texts throughout, so that one wrong field does not hide the next. */
    record NewAccount(
            @Schema(example = "Corner shop", requiredMode = RequiredMode.REQUIRED, minLength = 1, maxLength = 100)
            @Nullable
            String name,

            @Schema(example = "marketplace", requiredMode = RequiredMode.REQUIRED) @Nullable
            String marketplace,

            @Schema(
                    example = "0198f3c2-7d0f-7c57-9a0f-3f0a7f2e7f11",
                    requiredMode = RequiredMode.REQUIRED,
                    format = "uuid")
            @Nullable
            String ownerId,

            @Schema(description = CredentialWishes.DESCRIPTION) @Nullable
            Map<String, @Nullable String> credentials) {

        @Override
        public String toString() {
            return "NewAccount[" + name + ", " + marketplace + "]";
        }
    }

    record ChangedAccount(
            @Schema(example = "Corner shop, Kraków", minLength = 1, maxLength = 100) @Nullable
            String name) {}

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_KEY = 255;

    private final Marketplaces marketplaces;
    private final CredentialWishes credentials;

    AccountWishes(Marketplaces marketplaces, CredentialWishes credentials) {
        this.marketplaces = marketplaces;
        this.credentials = credentials;
    }

    ConnectAccount read(NewAccount wish, @Nullable String requestKey, Caller caller) {
        var wrong = new ArrayList<FieldProblem>();
        var name = name(wish.name(), wrong);
        var marketplace = marketplace(wish.marketplace(), wrong);
        var owner = owner(wish.ownerId(), wrong);
        if (requestKey != null && (requestKey.isBlank() || requestKey.length() > LONGEST_KEY)) {
            wrong.add(new FieldProblem("Idempotency-Key", "must have 1 to " + LONGEST_KEY + " characters"));
        }
        var entered = marketplace.map(known -> credentials.read(known, wish.credentials(), wrong));
        if (!wrong.isEmpty()) {
            throw new InvalidField(wrong);
        }
        return new ConnectAccount(
                name,
                marketplace.orElseThrow().code(),
                owner.orElseThrow(),
                entered.orElse(null),
                own(requestKey, caller));
    }

    /** Two callers may hit upon the same key, and neither is to get what is the other's. */
    private static @Nullable String own(@Nullable String requestKey, Caller caller) {
        return requestKey == null ? null : caller.id() + " " + requestKey;
    }

    Optional<String> read(ChangedAccount wish) {
        if (wish.name() == null) {
            return Optional.empty();
        }
        var wrong = new ArrayList<FieldProblem>();
        var name = name(wish.name(), wrong);
        if (!wrong.isEmpty()) {
            throw new InvalidField(wrong);
        }
        return Optional.of(name);
    }

    private static String name(@Nullable String text, List<FieldProblem> wrong) {
        var name = text == null ? "" : text.strip();
        if (name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST_NAME || hasControls(name)) {
            wrong.add(new FieldProblem("name", "must have 1 to " + LONGEST_NAME + " printable characters"));
        }
        return name;
    }

    private static boolean hasControls(String name) {
        return name.codePoints().anyMatch(Character::isISOControl);
    }

    private Optional<Marketplace> marketplace(@Nullable String code, List<FieldProblem> wrong) {
        var found = marketplaces.all().stream()
                .filter(known -> known.code().value().equals(code))
                .findAny();
        if (found.isEmpty()) {
            var known =
                    marketplaces.all().stream().map(each -> each.code().value()).collect(Collectors.joining(", "));
            wrong.add(new FieldProblem("marketplace", "must be a known marketplace: " + known));
        }
        return found;
    }

    private static Optional<UUID> owner(@Nullable String text, List<FieldProblem> wrong) {
        try {
            if (text != null && text.length() == 36) { // the library also takes shorter ones
                return Optional.of(UUID.fromString(text));
            }
        } catch (IllegalArgumentException e) {
            // named below
        }
        wrong.add(new FieldProblem("ownerId", "must be a UUID"));
        return Optional.empty();
    }
}
