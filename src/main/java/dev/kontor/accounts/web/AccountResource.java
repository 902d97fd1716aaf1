package dev.kontor.accounts.web;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.accounts.Enrolment.Confirmation;
import dev.kontor.accounts.credentials.Safekeeping;
import dev.kontor.accounts.register.Account;
import dev.kontor.accounts.register.AccountState;

/** An account as the interface shows it. */
@Schema(name = "Account")
record AccountResource(
        UUID id,
        @Schema(example = "Corner shop") String name,
        @Schema(example = "marketplace") String marketplace,
        UUID ownerId,
        AccountState state,

        @Schema(example = "the seller has confirmed", description = "Why the account stands where it does, in words")
        @Nullable
        String reason,

        @Schema(description = "The page that the seller opens, while a confirmation is awaited") @Nullable
        URI verificationLink,

        @Schema(example = "cbt3zdu4g", description = "The code that the seller confirms there") @Nullable
        String userCode,

        @Schema(description = "Until when the code can be confirmed") @Nullable
        Instant expiresAt,

        @Nullable ShownSeller seller,
        @Nullable ShownCredentials credentials,
        Instant createdAt,

        @Schema(description = "When a seller confirmed for the first time") @Nullable
        Instant connectedAt,

        Instant changedAt,

        @JsonIgnore @Schema(hidden = true) long version) {

    @Schema(name = "Seller")
    record ShownSeller(
            @Schema(example = "44300185") String id,
            @Schema(example = "corner_shop") String login) {}

    /** Their times; what they are is shown to nobody. */
    @Schema(name = "CredentialTimes")
    record ShownCredentials(
            @Nullable Instant expiresAt,
            Instant renewedAt,

            @Schema(description = "When the seller permitted or entered them")
            Instant enteredAt,

            @Schema(description = "By when he has to do so again; missing where the marketplace knows no end") @Nullable
            Instant rotateBy) {

        private static ShownCredentials of(Safekeeping.Times times) {
            return new ShownCredentials(times.expiresAt(), times.renewedAt(), times.enteredAt(), times.rotateBy());
        }
    }

    static AccountResource of(
            Account account, @Nullable Confirmation awaited, Safekeeping.@Nullable Times credentials) {
        var seller = account.seller();
        return new AccountResource(
                account.id().value(),
                account.name(),
                account.marketplace().value(),
                account.owner(),
                account.state(),
                account.reason(),
                awaited == null ? null : awaited.link(),
                awaited == null ? null : awaited.userCode(),
                awaited == null ? null : awaited.expiresAt(),
                seller == null ? null : new ShownSeller(seller.id(), seller.login()),
                credentials == null ? null : ShownCredentials.of(credentials),
                account.createdAt(),
                account.connectedAt(),
                account.changedAt(),
                account.version());
    }
}
