package dev.kontor.access.attempts;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static java.time.ZoneOffset.UTC;

/** Where each user has proven who he is; from there others' failures elsewhere do not keep him out. */
@Repository
public class KnownPlaces {

    static final Duration MEMORY = Duration.ofDays(90);

    private final JdbcClient jdbc;
    private final Clock clock;

    KnownPlaces(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public void remember(UUID user, Place place) {
        jdbc.sql("""
                        insert into access.known_places (user_id, place, seen_at) values (:user, :place, :now)
                        on conflict (user_id, place) do update set seen_at = excluded.seen_at""")
                .param("user", user)
                .param("place", place.text())
                .param("now", clock.instant().atOffset(UTC))
                .update();
    }

    boolean knows(UUID user, Place place) {
        return jdbc.sql("""
                        select exists (select from access.known_places
                          where user_id = :user and place = :place and seen_at > :oldest)""")
                .param("user", user)
                .param("place", place.text())
                .param("oldest", clock.instant().minus(MEMORY).atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    int sweep() {
        return jdbc.sql("delete from access.known_places where seen_at <= :oldest")
                .param("oldest", clock.instant().minus(MEMORY).atOffset(UTC))
                .update();
    }
}
