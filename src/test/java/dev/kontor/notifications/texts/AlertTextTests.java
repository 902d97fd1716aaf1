package dev.kontor.notifications.texts;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Fact;

import static org.assertj.core.api.Assertions.assertThat;

class AlertTextTests {

    private final ResourceBundle words = ResourceBundle.getBundle("messages/alerts", Locale.ROOT);

    @ParameterizedTest
    @EnumSource(AlertKind.class)
    void eachKindHasATitleAndATextOfFactsThatThereAre(AlertKind kind) {
        var known = new HashSet<>(Set.of("account", "item"));
        Arrays.stream(Fact.values()).map(Fact::key).forEach(known::add);
        for (var part : Set.of("title", "text")) {
            var sentence = words.getString(kind + "." + part);
            assertThat(sentence).isNotBlank();
            var named = Pattern.compile("\\{(.*?)}")
                    .matcher(sentence)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
            assertThat(known).containsAll(named);
        }
    }
}
