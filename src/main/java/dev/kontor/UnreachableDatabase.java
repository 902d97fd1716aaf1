package dev.kontor;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/** The database does not let Kontor in. */
class UnreachableDatabase extends SentenceAnalyzer<SQLException> {

    @Override
    @Nullable
    String sentence(Throwable rootFailure, SQLException cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            var reason = at instanceof SQLException failure ? reason(failure.getSQLState()) : null;
            if (reason != null) {
                return "KONTOR_DATABASE_URL: " + reason + ".";
            }
        }
        return null;
    }

    /** By the classes of the SQL standard's states. */
    private static @Nullable String reason(@Nullable String state) {
        if (state == null) {
            return null;
        }
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08" -> "no PostgreSQL database answers at that address";
            case "28" -> "the database does not accept the user and password";
            case "3D" -> "the server has no database of that name";
            default -> null;
        };
    }
}
