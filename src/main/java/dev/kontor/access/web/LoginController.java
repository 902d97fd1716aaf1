package dev.kontor.access.web;

import java.util.UUID;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import dev.kontor.access.Caller;
import dev.kontor.access.security.CallerAuthentication;
import dev.kontor.access.sessions.Login;
import dev.kontor.access.sessions.PasswordChange;
import dev.kontor.access.sessions.Tokens;
import dev.kontor.access.users.Passwords;
import dev.kontor.api.Forbidden;
import dev.kontor.api.LoginFailed;

@RestController
@RequestMapping("/api/v1/auth")
@Tag(name = "Login")
class LoginController {

    private final Login login;
    private final PasswordChange passwordChange;

    LoginController(Login login, PasswordChange passwordChange) {
        this.login = login;
        this.passwordChange = passwordChange;
    }

    record Credentials(
            @NotBlank @Size(max = 200) String username,
            @NotBlank @Size(max = Passwords.MAXIMUM_LENGTH) String password) {
        @Override
        public String toString() {
            return "Credentials[masked]";
        }
    }

    record RefreshToken(@NotBlank @Size(max = 200) String refreshToken) {
        @Override
        public String toString() {
            return "RefreshToken[masked]";
        }
    }

    record NewPassword(
            @NotBlank @Size(max = Passwords.MAXIMUM_LENGTH) String currentPassword,

            @NotBlank @Size(min = Passwords.MINIMUM_LENGTH, max = Passwords.MAXIMUM_LENGTH)
            String newPassword) {
        @Override
        public String toString() {
            return "NewPassword[masked]";
        }
    }

    @PostMapping("/login")
    @SecurityRequirements
    @Operation(summary = "Log in with user name and password")
    Tokens login(@Valid @RequestBody Credentials credentials) {
        return login.login(credentials.username(), credentials.password())
                .orElseThrow(() -> new LoginFailed("The user name or the password is wrong."));
    }

    @PostMapping("/refresh")
    @SecurityRequirements
    @Operation(
            summary = "Exchange a refresh token for new tokens",
            description = "Each refresh token is good for one use; using one twice ends the session.")
    Tokens refresh(@Valid @RequestBody RefreshToken body) {
        return login.refresh(body.refreshToken())
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
    void changePassword(@Valid @RequestBody NewPassword body, CallerAuthentication caller) {
        passwordChange.change(caller.getPrincipal().id(), session(caller), body.currentPassword(), body.newPassword());
    }

    @GetMapping("/me")
    @Operation(summary = "Who is calling, and what it may do")
    Caller me(Caller caller) {
        return caller;
    }

    private static UUID session(CallerAuthentication caller) {
        return caller.session().orElseThrow(() -> new Forbidden("An API key has neither session nor password."));
    }
}
