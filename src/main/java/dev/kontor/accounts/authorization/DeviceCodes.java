package dev.kontor.accounts.authorization;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.DeviceAuthorization;
import dev.kontor.marketplaces.DeviceAuthorization.DeviceCode;
import dev.kontor.marketplaces.Marketplace;

/** Asks a marketplace for a new code, and says what came of it in words. */
@Component
class DeviceCodes {

    /** What the marketplace said. */
    sealed interface Reply {
        record Given(DeviceCode code) implements Reply {}

        record Unreachable(String reason, @Nullable Instant retryAt) implements Reply {}

        record Declined(String reason) implements Reply {}
    }

    Reply ask(Marketplace marketplace, AccountId account) {
        var name = marketplace.displayName();
        return marketplace
                .authorization(DeviceAuthorization.class)
                .map(device -> reply(name, device.begin(account.value())))
                .orElseGet(() -> new Reply.Declined(name + " has no codes to confirm: it takes credentials."));
    }

    private static Reply reply(String name, Answer<DeviceCode> answer) {
        return switch (answer) {
            case Answer.Ok<DeviceCode>(var code) -> new Reply.Given(code);
            case Answer.Throttled<DeviceCode>(var until) ->
                new Reply.Unreachable(name + " takes no more requests until " + until + ".", until);
            case Answer.Unavailable<DeviceCode>(var reason) ->
                new Reply.Unreachable(name + " cannot be reached (" + reason + ").", null);
            case Answer.Malformed<DeviceCode>(var reason) ->
                new Reply.Declined(name + " answered what cannot be understood (" + reason + ").");
            case Answer.Unauthorized<DeviceCode>(var reason) ->
                new Reply.Declined(name + " does not accept Kontor's own registration there (" + reason
                        + "): check its client id and secret.");
            case Answer.Rejected<DeviceCode>(var code, var reason) ->
                new Reply.Declined(name + " refused to begin an authorization (" + reason + ").");
        };
    }
}
