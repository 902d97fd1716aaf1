package dev.kontor.inventory.items;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Item.Part;

import static dev.kontor.inventory.Stockroom.aSku;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

@InventoryTest
class CatalogueModuleTests {

    @Autowired
    Catalogue catalogue;

    @Autowired
    Stockroom stockroom;

    @Autowired
    Items items;

    @Autowired
    TransactionTemplate transaction;

    /** Or everybody who waited for a long import would hold a connection that sales need. */
    @Test
    void whatIsNoBundleDoesNotWaitForWhoeverSavesBundles() {
        var mug = stockroom.anItem();

        transaction.executeWithoutResult(status -> {
            catalogue.saveBundle(new ItemWish(aSku(), "Set", null, ItemType.BUNDLE, List.of(new Part(mug.sku(), 2))));

            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                var plate = catalogue.create(plain(aSku(), "Plate"));
                catalogue.change(plate.id(), version -> {}, wish -> plain(wish.sku(), "Big plate"));
            });
        });
    }

    @Test
    void aSkuThatManyTakeAtOnceIsTakenOnce() throws InterruptedException {
        var sku = aSku();
        Callable<Item> one = () -> catalogue.create(plain(sku, "Mug"));
        int taken = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var created : threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(number -> one).toList())) {
                try {
                    created.get();
                    taken++;
                } catch (ExecutionException e) {
                    assertThat(e).hasMessageContaining("SKU already");
                }
            }
        }

        assertThat(taken).isEqualTo(1);
        assertThat(items.find(sku).orElseThrow().version()).isEqualTo(1);
    }

    private static ItemWish plain(String sku, String name) {
        return new ItemWish(sku, name, null, ItemType.SIMPLE, List.of());
    }
}
