package dev.kontor.privacy.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestPropertySource;

import dev.kontor.privacy.Vault;
import dev.kontor.privacy.Vault.Deposit;
import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.KeyFile;

import static dev.kontor.privacy.vault.Deposited.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

@ApplicationModuleTest(module = "privacy", extraIncludes = "audit")
@Import(SearchIndex.class)
@TestPropertySource(properties = "kontor.privacy.retention.bazaar=10d")
class RetentionTests {

    @Autowired
    Vault vault;

    @Autowired
    Retention retention;

    @Autowired
    SearchIndex index;

    @Autowired
    KeyFile<BuyerKeys> file;

    @Test
    void forgetsWhoWasNotRelevantForLongerThanTheMarketplaceAllows() {
        var account = UUID.randomUUID();
        var old = anOrder(account).by("old").of("Stary Klient").placed(daysAgo(31));
        var regular = anOrder(account).by("regular").placed(daysAgo(31));
        var recent = anOrder(account).by("regular").placed(daysAgo(3));
        for (var order : List.of(old, regular, recent)) {
            index.add(vault.deposit(List.of(order.deposit())));
        }
        retention.run();
        assertThat(vault.open(old.document(), 1)).as("nothing was asked for").isPresent();

        vault.keepFor(account, "elsewhere", Duration.ofDays(30));
        retention.run();
        assertThat(vault.open(old.document(), 1)).isEmpty();
        assertThat(index.find(vault.query("stary klient"))).isEmpty();
        assertThat(vault.open(regular.document(), 1)).contains(regular.values());
        assertThat(vault.open(recent.document(), 1)).contains(recent.values());

        vault.keepFor(account, "elsewhere", null);
        assertThat(vault.deposit(List.of(anOrder(account).placed(daysAgo(900)).deposit()))
                        .getFirst()
                        .words())
                .as("kept for ever again, on a day that is open")
                .isNotEmpty();
    }

    @Test
    void theSettingOverridesWhatTheMarketplaceDeclares() {
        var account = UUID.randomUUID();
        var order = anOrder(account).placed(daysAgo(11));
        vault.deposit(List.of(order.deposit()));
        vault.keepFor(account, "bazaar", Duration.ofDays(30));
        retention.run();
        assertThat(vault.open(order.document(), 1)).isEmpty();
    }

    @Test
    void forgettingManyCostsLittleMoreThanRememberingTheRest() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var account = UUID.randomUUID();
        var batch = new ArrayList<Deposit>();
        var kept = new ArrayList<Deposited>();
        for (int index = 0; index < 2000; index++) {
            var order = anOrder(account).placed(daysAgo(100 + random.nextInt(300)));
            batch.add(order.deposit());
            if (index % 400 == 0) {
                batch.add(anOrder(account).by(order.buyer()).placed(daysAgo(1)).deposit());
                kept.add(order);
            }
        }
        vault.deposit(batch);
        var before = file.latest().tree();
        vault.keepFor(account, "elsewhere", Duration.ofDays(50));
        retention.run();
        for (var order : kept) {
            assertThat(vault.open(order.document(), 1)).as("seed %d", seed).contains(order.values());
        }
        var opened = 0;
        for (var deposit : batch) {
            opened += vault.open(deposit.document(), 1).isPresent() ? 1 : 0;
        }
        assertThat(opened).as("seed %d", seed).isEqualTo(2 * kept.size());
        assertThat(file.latest().tree().size() - before.size())
                .as("seed %d", seed)
                .isLessThan(64 * 2 * (kept.size() + 1));
    }

    private static Instant daysAgo(int days) {
        return Instant.now().minus(Duration.ofDays(days));
    }
}
