package dev.kontor.notifications.mail;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kontor.notifications.Variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MailPropertiesTests {

    private static MailProperties bound(Map<String, Object> variables) {
        return Variables.bind(variables, "kontor.mail", MailProperties.class);
    }

    @Test
    void withoutAServerThereIsNoMail() {
        assertThat(bound(Map.of()).on()).isFalse();
    }

    @Test
    void theUsualPortFollowsFromWhatProtectsTheConnection() {
        var start = bound(Map.of("KONTOR_MAIL_HOST", "mail.shop.example", "KONTOR_MAIL_FROM", "kontor@shop.example"));
        assertThat(start.on()).isTrue();
        assertThat(start.usedPort()).isEqualTo(587);
        assertThat(start.security()).isEqualTo(MailProperties.Security.STARTTLS);
        assertThat(bound(Map.of("KONTOR_MAIL_SECURITY", "tls")).usedPort()).isEqualTo(465);
        assertThat(bound(Map.of("KONTOR_MAIL_SECURITY", "none", "KONTOR_MAIL_PORT", "2525"))
                        .usedPort())
                .isEqualTo(2525);
    }

    @ParameterizedTest
    @CsvSource({
        "KONTOR_MAIL_FROM, Kontor",
        "KONTOR_MAIL_PORT, 70000",
        "KONTOR_MAIL_URL, kontor",
        "KONTOR_MAIL_TIMEOUT, 0s",
        "KONTOR_MAIL_USER, anna",
        "KONTOR_MAIL_PASSWORD, hunter22"
    })
    void whatCannotBeIsNamedAtTheStart(String variable, String value) {
        var variables = new HashMap<String, Object>(
                Map.of("KONTOR_MAIL_HOST", "mail.shop.example", "KONTOR_MAIL_FROM", "kontor@shop.example"));
        variables.put(variable, value);
        assertThatThrownBy(() -> bound(variables))
                .rootCause()
                .hasMessageContaining("KONTOR_MAIL_")
                .hasMessageNotContaining("hunter22");
    }
}
