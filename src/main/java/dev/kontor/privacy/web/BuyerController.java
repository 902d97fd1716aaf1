package dev.kontor.privacy.web;

import java.util.UUID;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Guarded.By;
import dev.kontor.api.NotFound;
import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.Vault;
import dev.kontor.privacy.vault.BuyerDirectory;
import dev.kontor.privacy.vault.BuyerDirectory.BuyerView;

/** Buyers without anything personal, and their erasure. */
@RestController
@RequestMapping("/api/v1/buyers/{id}")
@Guarded(value = Area.PRIVACY, writing = By.ADMINISTRATOR)
@Tag(name = "Buyers")
class BuyerController {

    private final BuyerDirectory buyers;
    private final Vault vault;

    BuyerController(BuyerDirectory buyers, Vault vault) {
        this.buyers = buyers;
        this.vault = vault;
    }

    @GetMapping
    @Operation(summary = "Show what is known of a buyer, without anything personal")
    BuyerView get(@PathVariable UUID id) {
        return buyers.find(new BuyerId(id)).orElseThrow(() -> unknown(id));
    }

    /** Once more does no harm, and completes what was interrupted. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Erase a buyer's personal data for good",
            description =
                    "Their key is destroyed, so that no copy of the database shows them again. Once more does no harm,"
                            + " and completes what was interrupted.")
    void erase(@PathVariable UUID id) {
        if (!vault.erase(new BuyerId(id)) && buyers.find(new BuyerId(id)).isEmpty()) {
            throw unknown(id);
        }
    }

    private static NotFound unknown(UUID id) {
        return NotFound.of("buyer", id);
    }
}
