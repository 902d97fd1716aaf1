package dev.kontor.access.attempts;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlaceTests {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7,                    203.0.113.7",
        "::ffff:203.0.113.7,             203.0.113.7",
        "2001:db8:1:2:3:4:5:6,           2001:0db8:0001:0002::/64",
        "2001:db8:1:2:ffff::1,           2001:0db8:0001:0002::/64",
        "2001:db8:1:3::1,                2001:0db8:0001:0003::/64",
        "fe80::1%eth0,                   fe80:0000:0000:0000::/64",
        "unix:,                          unknown",
        "'',                             unknown"
    })
    void isWhatOneHouseholdHas(String address, String place) {
        assertThat(Place.of(address).text()).isEqualTo(place);
    }
}
