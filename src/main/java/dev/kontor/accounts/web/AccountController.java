package dev.kontor.accounts.web;

import java.net.URI;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.access.Caller;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Enrolment;
import dev.kontor.accounts.Enrolment.Outcome;
import dev.kontor.accounts.authorization.Disconnection;
import dev.kontor.accounts.register.Renaming;
import dev.kontor.accounts.web.AccountWishes.ChangedAccount;
import dev.kontor.accounts.web.AccountWishes.NewAccount;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;

@RestController
@RequestMapping("/api/v1/accounts")
@Guarded(Area.ACCOUNTS)
@Tag(name = "Accounts")
class AccountController {

    private final Enrolment enrolment;
    private final Renaming renaming;
    private final Disconnection disconnection;
    private final AccountWishes wishes;
    private final AccountReading reading;
    private final MarketplaceProblem problem;

    AccountController(
            Enrolment enrolment,
            Renaming renaming,
            Disconnection disconnection,
            AccountWishes wishes,
            AccountReading reading,
            MarketplaceProblem problem) {
        this.enrolment = enrolment;
        this.renaming = renaming;
        this.disconnection = disconnection;
        this.wishes = wishes;
        this.reading = reading;
        this.problem = problem;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Connect an account",
            description =
                    "Either the seller opens the link and confirms the code, and the account's state tells when he has; or he gives"
                            + " credentials with the fields that GET /api/v1/marketplaces names, and the account is active at once.")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = AccountResource.class)))
    ResponseEntity<?> connect(
            @RequestBody NewAccount body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String requestKey,
            Caller caller) {
        return switch (enrolment.connect(wishes.read(body, requestKey, caller))) {
            case Outcome.Begun(var account, var confirmation) -> created(account);
            case Outcome.Failed failed -> problem.of(failed);
        };
    }

    private ResponseEntity<AccountResource> created(AccountId account) {
        var shown = reading.one(account);
        return ResponseEntity.created(URI.create("/api/v1/accounts/" + account))
                .eTag(EntityTag.of(shown.version()))
                .body(shown);
    }

    @GetMapping
    @Operation(summary = "List accounts, oldest first")
    Page<AccountResource> list(PageQuery page) {
        return reading.page(page);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show an account")
    ResponseEntity<AccountResource> show(@PathVariable UUID id) {
        var shown = reading.one(new AccountId(id));
        return ResponseEntity.ok().eTag(EntityTag.of(shown.version())).body(shown);
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Rename an account")
    ResponseEntity<AccountResource> change(
            @PathVariable UUID id, @RequestBody ChangedAccount body, @RequestHeader("If-Match") String seen) {
        wishes.read(body)
                .ifPresent(
                        name -> renaming.rename(new AccountId(id), name, version -> EntityTag.matches(seen, version)));
        return show(id);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Disconnect an account",
            description =
                    "Its credentials are destroyed. The account and its orders stay; reauthorize reconnects it. Its stock is"
                            + " only observed from then on, also when it is back.")
    void disconnect(@PathVariable UUID id) {
        disconnection.disconnect(new AccountId(id));
    }
}
