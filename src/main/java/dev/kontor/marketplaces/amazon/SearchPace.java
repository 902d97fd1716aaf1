package dev.kontor.marketplaces.amazon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.OrderFeed.ChangePage;

/**
 * Searches are so dear that one is made now and then only. In between the last one's answer holds: told again to who
 * could not store it, and to who did, that nothing is new.
 */
class SearchPace {

    private final Duration interval;
    private final Clock clock;
    private final Map<UUID, Told> lately = new ConcurrentHashMap<>();

    private record Told(Instant at, @Nullable Cursor after, ChangePage page) {}

    SearchPace(Duration interval, Clock clock) {
        this.interval = interval;
        this.clock = clock;
    }

    interface Search {
        Answer<ChangePage> ask();
    }

    /** A search that goes on does not wait: its token ages. */
    Answer<ChangePage> paced(UUID account, ChangePlace place, Search search) {
        var now = clock.instant();
        var after = place.cursor();
        var told = lately.get(account);
        if (told != null && told.at().plus(interval).isAfter(now)) {
            if (same(told.after(), after)) {
                return new Ok<>(told.page());
            }
            if (place.search() == null && same(told.page().next(), after)) {
                return new Ok<>(new ChangePage(
                        List.of(), List.of(), after, false, told.page().watermark()));
            }
        }
        var answer = search.ask();
        if (answer instanceof Ok<ChangePage>(var page)) {
            lately.put(account, new Told(now, after, page));
        }
        return answer;
    }

    private static boolean same(@Nullable Cursor one, @Nullable Cursor other) {
        return Objects.equals(one, other);
    }
}
