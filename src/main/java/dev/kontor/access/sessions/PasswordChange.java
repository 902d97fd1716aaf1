package dev.kontor.access.sessions;

import java.util.UUID;

import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.access.attempts.Place;
import dev.kontor.access.users.Administrator;
import dev.kontor.access.users.PasswordRules;
import dev.kontor.access.users.Passwords;
import dev.kontor.access.users.User;
import dev.kontor.access.users.Users;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

/** A person replaces the password; every other login of that person ends. */
@Service
public class PasswordChange {

    private final Users users;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final Administrator administrator;
    private final Sessions sessions;
    private final SessionCheck check;
    private final TransactionOperations transaction;
    private final AuditLog audit;

    PasswordChange(
            Users users,
            Passwords passwords,
            PasswordRules rules,
            Administrator administrator,
            Sessions sessions,
            SessionCheck check,
            TransactionOperations transaction,
            AuditLog audit) {
        this.audit = audit;
        this.users = users;
        this.passwords = passwords;
        this.rules = rules;
        this.administrator = administrator;
        this.sessions = sessions;
        this.check = check;
        this.transaction = transaction;
    }

    public void change(UUID userId, UUID session, String current, String replacement, Place place) {
        var user = users.find(userId).orElseThrow(() -> NotFound.of("user", userId));
        verify(user, current, replacement, place);
        var hash = passwords.hash(replacement);
        transaction.executeWithoutResult(_ -> {
            users.changePassword(user.id(), hash);
            sessions.endOthersOf(user.id(), session);
            audit.record(Act.of("password.changed", "user", user.id()).hidden("password"));
        });
        check.forgetAll();
        administrator.passwordChanged(user);
    }

    private void verify(User user, String current, String replacement, Place place) {
        if (passwords.check(user.name(), current, place).isEmpty()) {
            throw new InvalidField("currentPassword", "is not the current password");
        }
        if (replacement.equals(current)) {
            throw new InvalidField("newPassword", "must differ from the current password");
        }
        rules.check("newPassword", user.name(), replacement);
    }
}
