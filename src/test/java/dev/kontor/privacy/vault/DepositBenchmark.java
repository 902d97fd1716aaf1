package dev.kontor.privacy.vault;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.test.ApplicationModuleTest;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import dev.kontor.privacy.Vault;
import dev.kontor.privacy.Vault.Deposit;

import static org.assertj.core.api.Assertions.assertThat;

/** How many deposits a second: batches of 500 of 20 values each, three orders a buyer, over a year. */
@Tag("benchmark")
@ApplicationModuleTest(module = "privacy", extraIncludes = "audit")
class DepositBenchmark {

    private static final int BATCH = 500;

    @Autowired
    Vault vault;

    @Test
    void deposits() {
        var account = UUID.randomUUID();
        var random = new Random(42);
        var threads = ManagementFactory.getThreadMXBean();
        for (int round = 0; round < 6; round++) {
            var batches = new ArrayList<List<Deposit>>();
            for (int batch = 0; batch < 40; batch++) {
                var day = round * 60 + batch;
                batches.add(IntStream.range(0, BATCH)
                        .mapToObj(index -> order(account, random, day))
                        .toList());
            }
            var start = System.nanoTime();
            var cpu = threads.getCurrentThreadCpuTime();
            batches.forEach(vault::deposit);
            var seconds = (System.nanoTime() - start) / 1e9;
            LoggerFactory.getLogger(getClass())
                    .info(
                            "{} deposits a second, {} µs of this thread's CPU each",
                            Math.round(batches.size() * BATCH / seconds),
                            (threads.getCurrentThreadCpuTime() - cpu) / 1000 / (batches.size() * BATCH));
        }
        assertThat(vault.open(UUID.randomUUID(), 1)).isEmpty();
    }

    private static Deposit order(UUID account, Random random, int day) {
        var buyer = random.nextInt(40_000);
        Map<String, JsonNode> values = IntStream.range(0, 20)
                .boxed()
                .collect(Collectors.toMap(
                        index -> "/delivery/address/field" + index,
                        index -> StringNode.valueOf("value " + index + " of " + buyer)));
        return new Deposit(
                account,
                UUID.randomUUID(),
                1,
                "buyer " + buyer,
                Instant.now().minus(Duration.ofDays(400 - day)),
                values,
                List.of(
                        "Jan Nowak" + buyer,
                        "+48 5" + (10_000_000 + buyer),
                        "x" + buyer + "+abc@allegromail.pl",
                        "login" + buyer));
    }
}
