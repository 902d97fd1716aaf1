package dev.kontor.accounts.web;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Enrolment.Outcome;
import dev.kontor.accounts.authorization.Reauthorization;
import dev.kontor.accounts.register.Suspension;
import dev.kontor.accounts.web.CredentialWishes.NewPermission;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;

@RestController
@RequestMapping("/api/v1/accounts/{id}")
@Guarded(Area.ACCOUNTS)
@Tag(name = "Accounts")
class AccountStateController {

    private final Reauthorization reauthorization;
    private final CredentialWishes credentials;
    private final Suspension suspension;
    private final AccountReading reading;
    private final MarketplaceProblem problem;

    AccountStateController(
            Reauthorization reauthorization,
            CredentialWishes credentials,
            Suspension suspension,
            AccountReading reading,
            MarketplaceProblem problem) {
        this.reauthorization = reauthorization;
        this.credentials = credentials;
        this.suspension = suspension;
        this.reading = reading;
        this.problem = problem;
    }

    @PostMapping("/reauthorize")
    @Operation(
            summary = "Ask the seller for a new confirmation",
            description =
                    "Gives a new link and code, or takes new credentials where the marketplace wants them. An account that works goes on working until he has confirmed, and"
                            + " when somebody else than its seller confirms, nothing changes.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AccountResource.class)))
    ResponseEntity<?> reauthorize(@PathVariable UUID id, @RequestBody(required = false) @Nullable NewPermission body) {
        var account = new AccountId(id);
        return switch (reauthorization.begin(account, credentials.read(account, body))) {
            case Outcome.Begun begun -> shown(account);
            case Outcome.Failed failed -> problem.of(failed);
        };
    }

    @PostMapping("/pause")
    @Operation(summary = "Stop all loops of an account; its credentials are kept alive")
    ResponseEntity<AccountResource> pause(@PathVariable UUID id) {
        suspension.pause(new AccountId(id));
        return shown(new AccountId(id));
    }

    @PostMapping("/resume")
    @Operation(summary = "Let the loops of a paused account run again")
    ResponseEntity<AccountResource> resume(@PathVariable UUID id) {
        suspension.resume(new AccountId(id));
        return shown(new AccountId(id));
    }

    private ResponseEntity<AccountResource> shown(AccountId account) {
        var shown = reading.one(account);
        return ResponseEntity.ok().eTag(EntityTag.of(shown.version())).body(shown);
    }
}
