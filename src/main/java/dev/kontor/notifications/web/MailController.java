package dev.kontor.notifications.web;

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
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import dev.kontor.access.Caller;
import dev.kontor.api.IfMatch;
import dev.kontor.api.Own;
import dev.kontor.api.Page;
import dev.kontor.api.Version;
import dev.kontor.notifications.mail.Subscribing;
import dev.kontor.notifications.mail.Subscription;

/** At which addresses people are told of alerts by mail. */
@RestController
@RequestMapping("/api/v1/mail/subscriptions")
@Own
@Tag(name = "Mail")
class MailController {

    private final Subscribing subscribing;

    MailController(Subscribing subscribing) {
        this.subscribing = subscribing;
    }

    @Schema(name = "NewMailSubscription")
    record NewSubscription(
            @Schema(example = "anna@shop.example") @NotBlank @Size(max = 254)
            String address,

            @Schema(
                    allowableValues = {"en", "ru"},
                    defaultValue = "en")
            @Nullable
            String language,

            @Schema(example = "Europe/Warsaw", defaultValue = "UTC") @Nullable @Size(max = 50)
            String zone) {
        @Override
        public String toString() {
            return "NewSubscription[" + language + "]";
        }
    }

    @Schema(name = "MailCode")
    record CodeBody(
            @Schema(example = "k7m2p9qrs4", description = "As it was mailed to the address") @NotBlank @Size(max = 100)
            String code) {
        @Override
        public String toString() {
            return "CodeBody";
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Be told of alerts at an e-mail address of yours",
            description = "A code is mailed there; nothing else is, until it is shown.")
    ResponseEntity<MailBody> create(@Valid @RequestBody NewSubscription body, Caller caller) {
        var change = new ChangedMail(body.language(), body.zone(), null, null, null, null);
        var subscription = subscribing.create(caller, body.address(), change.applied(ChangedMail.USUAL));
        return ResponseEntity.created(URI.create("/api/v1/mail/subscriptions/" + subscription.id()))
                .eTag(etag(subscription))
                .body(MailBody.of(subscription));
    }

    @GetMapping
    @Operation(
            summary = "List the e-mail addresses at which you are told of alerts",
            description = "An administrator sees those of everybody.")
    Page<MailBody> list(Caller caller) {
        return new Page<>(subscribing.list(caller).stream().map(MailBody::of).toList(), null);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show at which e-mail address you are told, and of what")
    ResponseEntity<MailBody> get(@PathVariable UUID id, Caller caller) {
        return answer(subscribing.find(id, caller));
    }

    @PostMapping("/{id}/code")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Have another code mailed to the address",
            description = "Nothing else is mailed there until it is shown. Also for one that the mail server refused.")
    MailBody code(@PathVariable UUID id, Caller caller) {
        return MailBody.of(subscribing.code(id, caller));
    }

    @PostMapping("/{id}/verify")
    @Operation(
            summary = "Show that the address is yours, by the code that was mailed there",
            description = "It is good for a day, once, and not for many guesses.")
    ResponseEntity<MailBody> verify(@PathVariable UUID id, @Valid @RequestBody CodeBody body, Caller caller) {
        return answer(subscribing.verify(id, body.code(), caller));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Say what is mailed to the address, and when", description = "What is left out stays.")
    ResponseEntity<MailBody> change(
            @PathVariable UUID id,
            @Valid @RequestBody ChangedMail body,
            @RequestHeader("If-Match") IfMatch seen,
            Caller caller) {
        return answer(subscribing.change(id, body::applied, caller, version -> seen.require(new Version(version))));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Be told nothing any more at the address")
    void end(@PathVariable UUID id, Caller caller) {
        subscribing.end(id, caller);
    }

    private static ResponseEntity<MailBody> answer(Subscription subscription) {
        return ResponseEntity.ok().eTag(etag(subscription)).body(MailBody.of(subscription));
    }

    private static String etag(Subscription subscription) {
        return new Version(subscription.version()).etag();
    }
}
