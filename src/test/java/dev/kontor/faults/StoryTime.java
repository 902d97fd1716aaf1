package dev.kontor.faults;

import java.time.Duration;
import java.time.Instant;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.sandbox.Sandbox;

/** How time passes in a story: for the marketplaces, for Kontor, and for Kontor's scheduler, which knows the machine's. */
final class StoryTime {

    /** Further than anything is planned, so that Kontor's time and the machine's cannot be mistaken for each other. */
    private static final Duration AHEAD = Duration.ofHours(6);

    /**
     * The scheduler knows the machine's clock only: what Kontor wants done at its own time is translated. It may have been
     * read before the last jump, which is shorter than an hour.
     */
    private static final String SCHEDULER_IS_BEHIND = """
            create table public.story (ahead interval not null);
            insert into public.story values ('0 s');
            create function public.behind() returns trigger language plpgsql as $$
            declare gap interval;
            begin
              select ahead into gap from public.story;
              if gap > '5 h' and new.execution_time > clock_timestamp() + gap - interval '65 min' then
                new.execution_time := greatest(clock_timestamp(), new.execution_time - gap);
              end if;
              return new;
            end $$;
            create trigger behind before insert or update on scheduled_tasks
              for each row execute function public.behind();
            """;

    private final Sandbox sandbox;
    private final JdbcClient jdbc;

    StoryTime(Sandbox sandbox, JdbcClient jdbc) {
        this.sandbox = sandbox;
        this.jdbc = jdbc;
        jdbc.sql(SCHEDULER_IS_BEHIND).update();
        pass(AHEAD);
    }

    Instant now() {
        return sandbox.now();
    }

    /** For everybody; after the beginning less than an hour at once. */
    synchronized void pass(Duration duration) {
        var seconds = duration.toMillis() / 1000.0;
        jdbc.sql("update public.story set ahead = ahead + make_interval(secs => ?)")
                .param(seconds)
                .update();
        sandbox.advance(duration);
        jdbc.sql(
                        "update scheduled_tasks set execution_time = execution_time - make_interval(secs => ?) where not picked")
                .param(seconds)
                .update();
    }
}
