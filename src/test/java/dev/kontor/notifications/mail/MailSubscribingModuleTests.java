package dev.kontor.notifications.mail;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kontor.access.Role;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.api.TooManyRequests;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.wishes.Wishes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whose an address is, and how mail ends. */
class MailSubscribingModuleTests extends MailFixture {

    private static final Wishes WISHES =
            new Wishes(Locale.ENGLISH, ZoneOffset.UTC, Severity.INFO, Set.of(), null, null, null);

    @Test
    void nothingButACodeIsMailedToAnAddressThatNobodyHasShownToBeHis() {
        var anna = person(Role.VIEWER);
        var subscription = subscribing.create(anna, anAddress(), WISHES);
        raise(cause(), Severity.CRITICAL);
        var code = mailedCode(subscription);
        assertThat(inbox(subscription)).singleElement().satisfies(mail -> {
            assertThat(subject(mail)).isEqualTo("Kontor: is this your address?");
            assertThat(header(mail, "List-Unsubscribe")).isNull();
        });
        assertThat(jdbc.sql("select s::text || coalesce(o::text, '') from notifications.mail_subscriptions s"
                                + " left join notifications.mail_outbox o on o.subscription = s.id")
                        .query(String.class)
                        .list())
                .as("the code is nowhere but in the mail")
                .noneMatch(row -> row.contains(code));
        assertThatThrownBy(() -> subscribing.verify(subscription.id(), code + "x", anna))
                .hasMessageContaining("code is wrong, used or expired");
        assertThatThrownBy(() -> subscribing.verify(subscription.id(), code, person(Role.ADMINISTRATOR)))
                .isInstanceOf(NotFound.class);
        assertThat(subscribing
                        .verify(subscription.id(), code.toUpperCase(Locale.ROOT) + " ", anna)
                        .state())
                .isEqualTo(Subscription.State.ACTIVE);
        raise(cause(), Severity.INFO);
        send();
        assertThat(told(subscription)).hasSize(1);
    }

    @Test
    void aCodeEndsAfterADayOrAFewWrongGuessesOrWithTheNextOne() {
        var anna = person(Role.VIEWER);
        var subscription = subscribing.create(anna, anAddress(), WISHES);
        var late = mailedCode(subscription);
        clock.advance(Duration.ofHours(24));
        assertThatThrownBy(() -> subscribing.verify(subscription.id(), late, anna))
                .isInstanceOf(InvalidField.class);
        subscribing.code(subscription.id(), anna);
        var guessed = mailedCode(subscription);
        for (int guess = 0; guess < 5; guess++) {
            assertThatThrownBy(() -> subscribing.verify(subscription.id(), "guess", anna))
                    .isInstanceOf(InvalidField.class);
        }
        assertThatThrownBy(() -> subscribing.verify(subscription.id(), guessed, anna))
                .isInstanceOf(InvalidField.class);
        subscribing.code(subscription.id(), anna);
        var earlier = mailedCode(subscription);
        subscribing.code(subscription.id(), anna);
        var present = mailedCode(subscription);
        assertThatThrownBy(() -> subscribing.verify(subscription.id(), earlier, anna))
                .isInstanceOf(InvalidField.class);
        assertThat(subscribing.verify(subscription.id(), present, anna).state()).isEqualTo(Subscription.State.ACTIVE);
    }

    @Test
    void nobodyFloodsAStrangerWithCodes() {
        var anna = person(Role.VIEWER);
        var subscription = subscribing.create(anna, anAddress(), WISHES);
        for (int code = 1; code < 10; code++) {
            subscribing.code(subscription.id(), anna);
        }
        subscribing.end(subscription.id(), anna);
        assertThatThrownBy(() -> subscribing.create(anna, anAddress(), WISHES)).isInstanceOf(TooManyRequests.class);
        clock.advance(Duration.ofHours(1));
        subscribing.create(anna, anAddress(), WISHES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "anna",
                "@shop.example",
                "anna@",
                "anna@shop",
                "anna@shop..example",
                ".anna@shop.example",
                "anna@shop.example, boris@shop.example",
                "anna@shop.example\r\nBcc: boris@shop.example",
                "Anna <anna@shop.example>",
                "\"anna x\"@shop.example",
                "anna@[127.0.0.1]",
                "anna@shop.example\0",
                "анна@shop.example"
            })
    void whatIsNotOneAddressIsRefused(String text) {
        assertThatThrownBy(() -> subscribing.create(person(Role.VIEWER), text, WISHES))
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining("address");
    }

    @Test
    void whoFollowsTheLinkOfAMailGetsNoMore() {
        var anna = subscribed("en");
        raise(cause(), Severity.WARNING);
        send();
        var link = header(told(anna).getFirst(), "List-Unsubscribe");
        assertThat(header(told(anna).getFirst(), "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(link)
                .startsWith("<https://kontor.example/api/v1/mail/unsubscriptions/")
                .endsWith(">");
        var token = link.substring(link.lastIndexOf('/') + 1, link.length() - 1);
        subscribing.unsubscribe("x" + token);
        assertThat(subscriptions.find(anna.id())).isPresent();
        subscribing.unsubscribe(token);
        subscribing.unsubscribe(token);
        raise(cause(), Severity.CRITICAL);
        send();
        assertThat(told(anna)).hasSize(1);
    }

    @Test
    void nobodySeesASecretOrAnAddressInWhatIsLogged() {
        var properties = new MailProperties(
                "mail.shop.example",
                null,
                MailProperties.Security.TLS,
                "kontor",
                "hunter22",
                "a@shop.example",
                null,
                Duration.ofSeconds(1));
        assertThat(properties.toString()).doesNotContain("hunter22", "a@shop");
        assertThat(properties.usedPort()).isEqualTo(465);
        assertThat(subscribed("en").toString()).doesNotContain("@");
    }
}
