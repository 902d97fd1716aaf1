package dev.kontor.access.web;

import java.time.Instant;
import java.util.List;
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
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import dev.kontor.access.Caller;
import dev.kontor.access.Role;
import dev.kontor.access.sessions.Login;
import dev.kontor.access.users.People;
import dev.kontor.access.users.User;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Guarded.By;
import dev.kontor.api.IfMatch;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.api.Version;

@RestController
@RequestMapping("/api/v1/users")
@Guarded(value = Area.ACCESS, reading = By.ADMINISTRATOR, writing = By.ADMINISTRATOR)
@Tag(name = "Users")
class UserController {

    /** The page that takes the secret out of the address and sets the password. */
    static final String PAGE = "/password.html#";

    private final People people;
    private final Login login;

    UserController(People people, Login login) {
        this.people = people;
        this.login = login;
    }

    record NewUser(
            @Schema(example = "Anna")
            @NotNull
            @Pattern(
                    regexp = "[\\p{L}\\p{N}][\\p{L}\\p{N}._@+ -]{1,98}[\\p{L}\\p{N}]",
                    message =
                            "must have 3 to 100 letters, digits, spaces or characters of ._@+-, and begin and end with a"
                                    + " letter or digit")
            String name,

            @Schema(example = "MANAGER") @NotNull Role role) {}

    /** What is left out stays as it is. */
    record ChangedUser(
            @Schema(example = "VIEWER") @Nullable Role role,
            @Nullable Boolean enabled) {}

    /** @param invited has not set a password yet */
    record UserBody(
            UUID id,
            @Schema(example = "Anna") String name,
            @Schema(example = "MANAGER") Role role,
            boolean enabled,
            boolean invited,
            Instant createdAt) {
        static UserBody of(User user) {
            return new UserBody(
                    user.id(), user.name(), user.role(), user.enabled(), user.passwordHash() == null, user.createdAt());
        }
    }

    /**
     * @param link below the address under which people reach Kontor; it is shown only here and good for one use
     * @param secret the part of the link behind {@code #}
     */
    record InvitationBody(
            UserBody user,
            @Schema(example = "/password.html#…") String link,

            @Schema(example = "the part of the link behind #")
            String secret,

            Instant expiresAt) {
        static InvitationBody of(People.Invitation made) {
            return new InvitationBody(UserBody.of(made.user()), PAGE + made.secret(), made.secret(), made.expiresAt());
        }

        @Override
        public String toString() {
            return "InvitationBody[" + user + "]";
        }
    }

    private record Position(Instant createdAt, UUID id) {
        private static final Position START = new Position(Instant.EPOCH, new UUID(0, 0));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Invite a person",
            description =
                    "The answer has a link by which the person sets a password, once and within two days. It is in"
                            + " this answer and nowhere else.")
    InvitationBody invite(@Valid @RequestBody NewUser body, Caller caller) {
        return InvitationBody.of(people.invite(body.name(), body.role(), caller));
    }

    @GetMapping
    @Operation(summary = "List users, oldest first")
    Page<UserBody> list(PageQuery page) {
        var after = page.after(Position.class).orElse(Position.START);
        var found = people.list(after.createdAt(), after.id(), page.limit() + 1).stream()
                .map(UserBody::of)
                .toList();
        return Page.cut(found, page, user -> new Position(user.createdAt(), user.id()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show a user")
    ResponseEntity<UserBody> get(@PathVariable UUID id) {
        return answer(people.get(id));
    }

    @PatchMapping("/{id}")
    @Operation(
            summary = "Change a user's role, or whether the user may log in",
            description =
                    "Takes effect within seconds everywhere. At least one administrator who can log in must be left.")
    ResponseEntity<UserBody> change(
            @PathVariable UUID id, @Valid @RequestBody ChangedUser body, @RequestHeader("If-Match") IfMatch seen) {
        return answer(people.change(id, body.role(), body.enabled(), version -> seen.require(new Version(version))));
    }

    @PostMapping("/{id}/password-links")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Let a user set a new password",
            description = "The present password works until the link is used; an earlier link does not any more.")
    InvitationBody link(@PathVariable UUID id, Caller caller) {
        return InvitationBody.of(people.linkFor(id, caller));
    }

    @GetMapping("/{id}/sessions")
    @Operation(summary = "List a user's logins", description = "The one that was used last first.")
    List<SessionBody> sessions(@PathVariable UUID id) {
        return login.sessions(people.get(id).id()).stream()
                .map(session -> SessionBody.of(session, false))
                .toList();
    }

    @DeleteMapping("/{id}/sessions/{session}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End one of a user's logins")
    void endSession(@PathVariable UUID id, @PathVariable UUID session) {
        login.end(session, people.get(id).id());
    }

    @DeleteMapping("/{id}/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Log a user out everywhere")
    void endSessions(@PathVariable UUID id) {
        login.endAll(people.get(id).id());
    }

    private static ResponseEntity<UserBody> answer(User user) {
        return ResponseEntity.ok().eTag(new Version(user.version()).etag()).body(UserBody.of(user));
    }
}
