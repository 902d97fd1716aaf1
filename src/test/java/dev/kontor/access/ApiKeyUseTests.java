package dev.kontor.access;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.access.keys.KeyCheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is known of the use of a key, and what it costs. */
class ApiKeyUseTests extends ApiKeyFixture {

    @Autowired
    KeyCheck check;

    /** Had the second use been written, the third would not be. */
    @Test
    void remembersItsLastUseToTheMinute() {
        var key = create("used", Map.of());
        assertThat(lastUse(key)).isNull();
        from("203.0.113.1", key).get(ME);
        await().until(() -> lastUse(key) != null);
        assertThat(lastUse(key)).endsWith("203.0.113.1");
        advance(Duration.ofSeconds(59));
        from("203.0.113.2", key).get(ME);
        advance(Duration.ofSeconds(1));
        from("203.0.113.3", key).get(ME);
        await().until(() -> !lastUse(key).endsWith("203.0.113.1"));
        var shown = administrator.get(path(key));
        assertThat(instant(shown, "lastUsedAt")).isEqualTo(clock.instant());
        assertThat(shown.text("lastUsedFrom")).isEqualTo("203.0.113.3");
        assertThat(shown.json().at("/secrets/0/lastUsedFrom").asString()).isEqualTo("203.0.113.3");
    }

    @Test
    @Tag("speed")
    void isCheckedInLessThanTwoMilliseconds() {
        var key = create("fast", Map.of("addresses", List.of("203.0.113.7", "2001:db8::/32")))
                .text("key");
        var nanos = LongStream.range(0, 201)
                .map(_ -> {
                    var start = System.nanoTime();
                    assertThat(check.check(key, "203.0.113.7")).isPresent();
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
        assertThat(Duration.ofNanos(nanos[100])).isLessThan(Duration.ofMillis(2));
    }
}
