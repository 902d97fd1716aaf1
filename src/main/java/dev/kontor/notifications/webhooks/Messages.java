package dev.kontor.notifications.webhooks;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import tools.jackson.databind.json.JsonMapper;

import static java.time.ZoneOffset.UTC;

/** Keeps what was told, whole and for a while, so that it can be sent again. */
@Repository
class Messages {

    private static final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Messages(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Until the end of the transaction nobody else tells of these objects, so that later messages have greater numbers and
     * what is read of an object from now on is not older than what was told of it before. Everybody locks in one order.
     */
    void lock(Collection<String> subjects, Instant now) {
        jdbc.sql("""
                        insert into notifications.webhook_subjects as known (subject, told_at)
                        select subject, ? from unnest(?::text[]) as subject order by subject collate "C"
                        on conflict (subject) do update set told_at = greatest(known.told_at, excluded.told_at)""")
                .params(now.atOffset(UTC), subjects.stream().distinct().toArray(String[]::new))
                .update();
    }

    /** @return those that were not known, in the order of the news */
    List<UUID> add(List<News> news, Instant now) {
        int size = news.size();
        var messageIds = new UUID[size];
        var keys = new String[size];
        var types = new String[size];
        var subjects = new String[size];
        var bodies = new String[size];
        var times = new String[size];
        for (int index = 0; index < size; index++) {
            var one = news.get(index);
            messageIds[index] = ids.generate();
            keys[index] = one.key();
            types[index] = one.type().text();
            subjects[index] = one.subject();
            bodies[index] = json.writeValueAsString(
                    new Message(messageIds[index], one.type(), Message.SCHEMA_VERSION, one.at(), one.data()));
            times[index] = one.at().toString();
        }
        return jdbc.sql("""
                        insert into notifications.webhook_messages (id, key, type, subject, body, at, stored_at)
                        select id, key, type, subject, body, at, ?
                        from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
                          with ordinality as told (id, key, type, subject, body, at, number)
                        order by number
                        on conflict (key) do nothing returning id""")
                .params(now.atOffset(UTC), messageIds, keys, types, subjects, bodies, times)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /** @return how many are gone, with what came of them; an object that was not told of for so long needs no lock */
    int forget(Instant storedBefore, int limit) {
        int messages = jdbc.sql("""
                        delete from notifications.webhook_messages where id in (
                          select id from notifications.webhook_messages where stored_at < ? order by stored_at limit ?)""").params(storedBefore.atOffset(UTC), limit).update();
        int subjects = jdbc.sql("""
                        delete from notifications.webhook_subjects where subject in (
                          select subject from notifications.webhook_subjects where told_at < ? order by told_at limit ?
                          for update skip locked)""").params(storedBefore.atOffset(UTC), limit).update();
        return messages + subjects;
    }
}
