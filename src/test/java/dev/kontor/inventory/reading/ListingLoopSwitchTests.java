package dev.kontor.inventory.reading;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import dev.kontor.HttpCaller;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Offers;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.orders.Shops;

import static dev.kontor.marketplaces.FakeListing.aListing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Reading listings, switched off by a setting and timed by a person. */
@InventoryTest
@Import(Offers.class)
@TestPropertySource(
        properties = {
            "kontor.inventory.publishing=false",
            "kontor.inventory.loops.fake.listings=false",
        })
@ExtendWith(OutputCaptureExtension.class)
class ListingLoopSwitchTests {

    @LocalServerPort
    int port;

    @Autowired
    ListingReadingLoop loop;

    @Autowired
    ListingIntervals intervals;

    @Autowired
    ListingRounds rounds;

    @Autowired
    Shops shops;

    @Test
    void doesNotReadAndIsSeenNotToRead() {
        var shop = new FakeMarketplace();
        shop.list(aListing("offer", null, 3));
        var account = shops.open(shop);

        var next = loop.turn(account);

        assertThat(shop.calls(Operation.LISTINGS) + shop.calls(Operation.LISTING))
                .isZero();
        assertThat(rounds.find(account.id())).isEmpty();
        assertThat(next).isCloseTo(Instant.now().plusSeconds(60), within(30, ChronoUnit.SECONDS));
        var shown = HttpCaller.nobody(port)
                .login("administrator", "only-for-this-test")
                .get("/api/v1/accounts/" + account.id() + "/intervals")
                .json();
        assertThat(shown.at("/switchedOff").valueStream().map(it -> it.asString()))
                .containsExactly("listings");
        assertThat(shown.at("/seconds/listings").asInt()).isEqualTo(900);
    }

    @Test
    void isReadAsOftenAsTheAccountSays() {
        var caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
        var account = shops.open(new FakeMarketplace()).id();
        var path = "/api/v1/accounts/" + account + "/intervals";

        var set = caller.send("PUT", path, "{\"seconds\":{\"listings\":120,\"feed\":30}}");

        assertThat(set.status()).as(set.body()).isEqualTo(200);
        assertThat(set.json().at("/seconds/listings").asInt()).isEqualTo(120);
        assertThat(set.json().at("/seconds/feed").asInt()).isEqualTo(30);
        assertThat(intervals.of(account)).hasSeconds(120);
        assertThat(caller.send("PUT", path, "{\"seconds\":{\"listings\":1}}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("seconds.listings");
        assertThat(caller.send("PUT", path, "{\"seconds\":{\"listing\":60}}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("seconds.listing");
        assertThat(intervals.of(shops.open(new FakeMarketplace()).id())).hasMinutes(15);
    }

    @Test
    void isToldOfAtTheStart(CapturedOutput output) {
        var switches = new ListingLoopSwitches(
                new ListingLoopProperties(Map.of("fake", Map.of("listings", false))),
                Marketplaces.of(new FakeMarketplace()));

        assertThat(output)
                .contains(
                        "The listings of every account of fake is switched off by KONTOR_INVENTORY_LOOPS_FAKE_LISTINGS");
        assertThat(switches.off(new FakeMarketplace().code())).isTrue();
    }

    @Test
    void namesThatNobodyKnowsAreRefused() {
        var marketplaces = Marketplaces.of(new FakeMarketplace());
        var nowhere = new ListingLoopProperties(Map.of("nowhere", Map.of("listings", false)));
        var nothing = new ListingLoopProperties(Map.of("fake", Map.of("feed", false)));

        assertThatThrownBy(() -> new ListingLoopSwitches(nowhere, marketplaces))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("KONTOR_INVENTORY_LOOPS_NOWHERE_LISTINGS names no known marketplace");
        assertThatThrownBy(() -> new ListingLoopSwitches(nothing, marketplaces))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("names no known loop; known are listings");
    }
}
