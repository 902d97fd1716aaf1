package dev.kontor.privacy.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import dev.kontor.privacy.BuyerErased;
import dev.kontor.privacy.BuyerTreeReplaced;
import dev.kontor.privacy.Cipher;
import dev.kontor.privacy.KeySetRotated;
import dev.kontor.privacy.Vault;
import dev.kontor.privacy.Vault.Deposit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Instant.now;
import static org.assertj.core.api.Assertions.assertThat;

@ApplicationModuleTest(
        module = "privacy",
        extraIncludes = {"audit", "api"})
@AutoConfigureMockMvc(addFilters = false)
class PrivacyApiTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Cipher cipher;

    @Autowired
    Vault vault;

    @Test
    void aRotationAddsAPrimaryKeyTellsEverybodyAndShowsNoSecret(AssertablePublishedEvents events) {
        var old = cipher.encrypt("a token".getBytes(UTF_8), "account");
        assertThat(mvc.post().uri("/api/v1/key-sets/credentials/rotations")).hasStatusOk();
        assertThat(events).contains(KeySetRotated.class);
        assertThat(cipher.isOutdated(old)).isTrue();
        assertThat(cipher.decrypt(old, "account")).isEqualTo("a token".getBytes(UTF_8));

        var answer = mvc.get().uri("/api/v1/key-sets/credentials").exchange();
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.keys[*].primary")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .endsWith(false, true);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.keys[1].createdAt")
                .asString()
                .endsWith("Z");
        assertThat(answer).bodyText().doesNotContain("value", "AesGcm");
    }

    @Test
    void aTreeOfBuyersKeysIsReplacedOnceAtATimeAndShowsNoSecret(AssertablePublishedEvents events) {
        var uri = "/api/v1/key-sets/buyers";
        var begun = mvc.post().uri(uri + "/rotations").exchange();
        assertThat(begun).hasStatusOk().bodyJson().extractingPath("$.name").isEqualTo("buyers");
        assertThat(begun).bodyText().doesNotContain("secret", "keys\"", "leaf", "id\"");
        assertThat(events).contains(BuyerTreeReplaced.class);
        assertThat(mvc.post().uri(uri + "/rotations"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:kontor:problem:replacement-running");

        var answer = mvc.get().uri(uri).exchange();
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.trees[*].newest")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactly(false, true);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.trees[1].createdAt")
                .asString()
                .endsWith("Z");
        assertThat(answer).bodyJson().extractingPath("$.trees[0].deposits").isNotNull();
        for (var number : List.of(1, 2)) {
            assertThat(mvc.delete().uri(uri + "/trees/" + number))
                    .hasStatus(409)
                    .bodyJson()
                    .extractingPath("$.type")
                    .isEqualTo("urn:kontor:problem:key-in-use");
        }
        assertThat(mvc.delete().uri(uri + "/trees/3")).hasStatus(404);
        assertThat(mvc.delete().uri(uri + "/trees/first")).hasStatus(400);
    }

    @Test
    void tellsOfABuyerNothingPersonalAndErasesHimAsOftenAsOneAsks(AssertablePublishedEvents events) {
        var account = UUID.randomUUID();
        var document = UUID.randomUUID();
        var values = Map.<String, JsonNode>of("/buyer/login", StringNode.valueOf("kup_ujacy"));
        var buyer = vault.deposit(List.of(
                        new Deposit(account, document, 1, "55000002", now(), values, List.of("kup_ujacy")),
                        new Deposit(account, document, 2, "55000002", now(), values, List.of("kup_ujacy"))))
                .getFirst()
                .buyer();
        var uri = "/api/v1/buyers/" + buyer.value();
        var answer = mvc.get().uri(uri).exchange();
        assertThat(answer).bodyJson().extractingPath("$.state").isEqualTo("ACTIVE");
        assertThat(answer).bodyJson().extractingPath("$.documents").isEqualTo(1);
        assertThat(answer).bodyJson().extractingPath("$.account").isEqualTo(account.toString());
        assertThat(answer).bodyText().doesNotContain("kup_ujacy", "55000002", "leaf", "reference");

        vault.erase(buyer);
        vault.erase(buyer);
        assertThat(mvc.get().uri(uri + "/erasure"))
                .bodyJson()
                .extractingPath("$.proof.deposits")
                .isEqualTo(2);
        assertThat(events).contains(BuyerErased.class).matching(BuyerErased::buyer, buyer);
        assertThat(mvc.get().uri(uri)).bodyJson().extractingPath("$.state").isEqualTo("ERASED");
        assertThat(vault.open(document, 2)).isEmpty();
    }

    @Test
    void knowsNoBuyerWhoIsNotThere() {
        var uri = "/api/v1/buyers/" + UUID.randomUUID();
        assertThat(mvc.get().uri(uri))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:kontor:problem:not-found");
        assertThat(mvc.get().uri(uri + "/erasure")).hasStatus(404);
    }
}
