package dev.kontor.access.web;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import dev.kontor.access.Caller;
import dev.kontor.access.security.CallerAuthentication;
import dev.kontor.access.sessions.Device;
import dev.kontor.access.sessions.Login;
import dev.kontor.access.sessions.PasswordChange;
import dev.kontor.access.sessions.Tokens;
import dev.kontor.access.users.Passwords;
import dev.kontor.access.users.People;
import dev.kontor.api.Forbidden;
import dev.kontor.api.LoginFailed;
import dev.kontor.api.Open;
import dev.kontor.api.Own;

@RestController
@RequestMapping("/api/v1/auth")
@Own
@Tag(name = "Login")
class LoginController {

    private final Login login;
    private final PasswordChange passwordChange;
    private final People people;

    LoginController(Login login, PasswordChange passwordChange, People people) {
        this.login = login;
        this.passwordChange = passwordChange;
        this.people = people;
    }

    /** @param code of the second factor, or a recovery code; only where the person has set one up */
    record Credentials(
            @Schema(example = "administrator") @NotBlank @Size(max = 200)
            String username,

            @Schema(example = "correct horse battery staple") @NotBlank @Size(max = Passwords.MAXIMUM_LENGTH)
            String password,

            @Schema(example = "492039") @Nullable @Size(max = 100)
            String code) {
        @Override
        public String toString() {
            return "Credentials[masked]";
        }
    }

    record RefreshToken(
            @Schema(example = "as the last answer gave it") @NotBlank @Size(max = 200)
            String refreshToken) {
        @Override
        public String toString() {
            return "RefreshToken[masked]";
        }
    }

    record NewPassword(
            @Schema(example = "correct horse battery staple") @NotBlank @Size(max = Passwords.MAXIMUM_LENGTH)
            String currentPassword,

            @Schema(example = "seedling orbit eleven kettle")
            @NotBlank
            @Size(min = Passwords.MINIMUM_LENGTH, max = Passwords.MAXIMUM_LENGTH)
            String newPassword) {
        @Override
        public String toString() {
            return "NewPassword[masked]";
        }
    }

    /** @param secret of the link */
    record LinkedPassword(
            @Schema(example = "the part of the link behind #") @NotBlank @Size(max = 200)
            String secret,

            @Schema(example = "seedling orbit eleven kettle")
            @NotBlank
            @Size(min = Passwords.MINIMUM_LENGTH, max = Passwords.MAXIMUM_LENGTH)
            String password) {
        @Override
        public String toString() {
            return "LinkedPassword[masked]";
        }
    }

    @PostMapping("/login")
    @Open
    @Operation(
            summary = "Log in with user name and password",
            description =
                    "Who has set up a second factor sends a code too; without one the problem is of the type"
                            + " `urn:kontor:problem:second-factor-required`. After too many failures the answer is 429 for a while.")
    Tokens login(@Valid @RequestBody Credentials credentials, HttpServletRequest request) {
        return login.login(credentials.username(), credentials.password(), credentials.code(), device(request))
                .orElseThrow(() -> new LoginFailed("The user name, the password or the code is wrong."));
    }

    @PostMapping("/refresh")
    @Open
    @Operation(
            summary = "Exchange a refresh token for new tokens",
            description = "Each refresh token is good for one use; using one twice ends the session.")
    Tokens refresh(@Valid @RequestBody RefreshToken body, HttpServletRequest request) {
        return login.refresh(body.refreshToken(), device(request))
                .orElseThrow(() -> new LoginFailed("The refresh token is unknown, used or expired; log in again."));
    }

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End the present session")
    void logout(CallerAuthentication caller) {
        login.logout(session(caller));
    }

    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Change the own password", description = "Every other session of the same person ends.")
    void changePassword(@Valid @RequestBody NewPassword body, CallerAuthentication caller, HttpServletRequest request) {
        passwordChange.change(
                caller.getPrincipal().id(),
                session(caller),
                body.currentPassword(),
                body.newPassword(),
                device(request).place());
    }

    @PostMapping("/password-links")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Open
    @Operation(
            summary = "Set a password by a one-time link",
            description = "The secret is the part of the link behind `#`. Every session of the person ends.")
    void setPassword(@Valid @RequestBody LinkedPassword body, HttpServletRequest request) {
        people.setPassword(body.secret(), body.password(), device(request).place());
    }

    @GetMapping("/sessions")
    @Operation(summary = "List the own logins", description = "The one that was used last first.")
    List<SessionBody> sessions(CallerAuthentication caller) {
        var present = session(caller);
        return login.sessions(caller.getPrincipal().id()).stream()
                .map(one -> SessionBody.of(one, one.id().equals(present)))
                .toList();
    }

    @DeleteMapping("/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End one of the own logins", description = "It stops working within seconds everywhere.")
    void endSession(@PathVariable UUID id, CallerAuthentication caller) {
        session(caller);
        login.end(id, caller.getPrincipal().id());
    }

    @GetMapping("/me")
    @Own(keys = true)
    @Operation(summary = "Who is calling, and what it may do")
    Caller me(Caller caller) {
        return caller;
    }

    private static Device device(HttpServletRequest request) {
        return new Device(request.getRemoteAddr(), request.getHeader(HttpHeaders.USER_AGENT));
    }

    private static UUID session(CallerAuthentication caller) {
        return caller.session().orElseThrow(() -> new Forbidden("An API key has neither session nor password."));
    }
}
