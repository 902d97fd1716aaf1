package dev.kontor.access.web;

import java.util.List;
import java.util.UUID;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import dev.kontor.access.Caller;
import dev.kontor.access.attempts.Place;
import dev.kontor.access.factors.SecondFactor;
import dev.kontor.access.factors.SecondFactor.Enrolment;
import dev.kontor.access.security.CallerAuthentication;
import dev.kontor.access.users.Passwords;
import dev.kontor.access.users.People;
import dev.kontor.api.Area;
import dev.kontor.api.Forbidden;
import dev.kontor.api.Guarded;
import dev.kontor.api.Guarded.By;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.api.Own;

/** A device that shows codes, beside the password. */
@RestController
@Own
@Tag(name = "Login")
class SecondFactorController {

    private static final String OWN = "/api/v1/auth/second-factor";

    private final SecondFactor factor;
    private final Passwords passwords;
    private final People people;

    SecondFactorController(SecondFactor factor, Passwords passwords, People people) {
        this.factor = factor;
        this.passwords = passwords;
        this.people = people;
    }

    record Password(
            @NotBlank @Size(max = Passwords.MAXIMUM_LENGTH) String password) {
        @Override
        public String toString() {
            return "Password[masked]";
        }
    }

    record Code(@NotBlank @Size(max = 100) String code) {
        @Override
        public String toString() {
            return "Code[masked]";
        }
    }

    /** @param wanted whether a login takes a code */
    record State(boolean wanted, int recoveryCodesLeft) {}

    /** @param recoveryCodes each good for one login without the device; shown only here */
    record RecoveryCodes(List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "RecoveryCodes[masked]";
        }
    }

    @GetMapping(OWN)
    @Operation(summary = "Show whether the own login takes a code")
    State state(CallerAuthentication caller) {
        var user = person(caller).id();
        return new State(factor.isWanted(user), factor.recoveryCodesLeft(user));
    }

    @PostMapping(OWN)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Begin to set up a second factor",
            description =
                    "Takes the password once more. The answer is for an app that shows codes (TOTP, RFC 6238). It has"
                            + " no effect until a code is confirmed.")
    Enrolment begin(@Valid @RequestBody Password body, CallerAuthentication caller, HttpServletRequest request) {
        var person = person(caller);
        if (passwords.check(person.name(), body.password(), place(request)).isEmpty()) {
            throw new InvalidField("password", "is not your password");
        }
        return factor.begin(person.id(), person.name());
    }

    @PostMapping(OWN + "/confirmation")
    @Operation(
            summary = "Confirm the second factor by a code",
            description = "From now on a login takes a code. The recovery codes are in this answer and nowhere else.")
    RecoveryCodes confirm(@Valid @RequestBody Code body, CallerAuthentication caller, HttpServletRequest request) {
        return new RecoveryCodes(factor.confirm(person(caller).id(), body.code(), place(request)));
    }

    @PostMapping(OWN + "/recovery-codes")
    @Operation(
            summary = "Replace the recovery codes",
            description = "Takes a code; the earlier ones are no longer good.")
    RecoveryCodes renew(@Valid @RequestBody Code body, CallerAuthentication caller, HttpServletRequest request) {
        return new RecoveryCodes(factor.renewRecoveryCodes(person(caller).id(), body.code(), place(request)));
    }

    @PostMapping(OWN + "/removal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take the own second factor away", description = "Takes a code, or a recovery code.")
    void remove(@Valid @RequestBody Code body, CallerAuthentication caller, HttpServletRequest request) {
        factor.remove(person(caller).id(), body.code(), place(request));
    }

    @DeleteMapping("/api/v1/users/{id}/second-factor")
    @Guarded(value = Area.ACCESS, writing = By.ADMINISTRATOR)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Take a user's second factor away",
            description = "For somebody who has lost the device and the recovery codes; ask who it is before.")
    void remove(@PathVariable UUID id) {
        if (!factor.remove(people.get(id).id())) {
            throw NotFound.of("second factor of user", id);
        }
    }

    private static Place place(HttpServletRequest request) {
        return Place.of(request.getRemoteAddr());
    }

    private static Caller person(CallerAuthentication caller) {
        if (caller.session().isEmpty()) {
            throw new Forbidden("An API key has no second factor.");
        }
        return caller.getPrincipal();
    }
}
