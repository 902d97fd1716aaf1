package dev.kontor.privacy.web;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;

import dev.kontor.access.Caller;
import dev.kontor.api.Area;
import dev.kontor.api.Forbidden;
import dev.kontor.api.Guarded;
import dev.kontor.api.Guarded.By;
import dev.kontor.api.NotFound;
import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.vault.BuyerDirectory;
import dev.kontor.privacy.vault.BuyerDirectory.BuyerView;
import dev.kontor.privacy.vault.BuyerExport;
import dev.kontor.privacy.vault.Erasure;
import dev.kontor.privacy.vault.ErasureProof;
import dev.kontor.privacy.vault.ErasureProofs;

/** Buyers without anything personal, everything about one of them, and their erasure. */
@RestController
@RequestMapping("/api/v1/buyers/{id}")
@Guarded(value = Area.PRIVACY, writing = By.ADMINISTRATOR)
@Tag(name = "Buyers")
class BuyerController {

    private final BuyerDirectory buyers;
    private final BuyerExport export;
    private final Erasure erasure;
    private final ErasureProofs proofs;

    BuyerController(BuyerDirectory buyers, BuyerExport export, Erasure erasure, ErasureProofs proofs) {
        this.buyers = buyers;
        this.export = export;
        this.erasure = erasure;
        this.proofs = proofs;
    }

    /**
     * @param proof the same for ever
     * @param check the state of things at this moment
     */
    record ErasureBody(ErasureProof proof, ErasureProof.Check check) {}

    @GetMapping
    @Operation(summary = "Show what is known of a buyer, without anything personal")
    BuyerView get(@PathVariable UUID id) {
        return buyers.find(new BuyerId(id)).orElseThrow(() -> unknown(id));
    }

    @GetMapping(path = "/export", produces = MediaType.APPLICATION_JSON_VALUE)
    @Guarded(value = Area.PRIVACY, reading = By.MANAGER)
    @Operation(
            summary = "Export everything that is held about a buyer, in the clear",
            description = "One file for the buyer who asks. Takes the right to read personal data.")
    void export(@PathVariable UUID id, Caller caller, HttpServletResponse response) throws IOException {
        if (!caller.mayReadPersonalData()) {
            throw new Forbidden("The export shows personal data, which this caller may not read.");
        }
        get(id);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"buyer-" + id + ".json\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        export.write(new BuyerId(id), response.getOutputStream());
    }

    @DeleteMapping
    @Operation(
            summary = "Erase a buyer's personal data for good, with proof",
            description =
                    "Their key is destroyed, so that no copy of the database shows them again. The answer is the proof. Once"
                            + " more does no harm, gives the same proof, and completes what was interrupted.")
    ErasureBody erase(@PathVariable UUID id, Caller caller) {
        var buyer = new BuyerId(id);
        erasure.erase(buyer, caller.id());
        return body(buyer).orElseThrow(() -> unknown(id));
    }

    @GetMapping("/erasure")
    @Operation(
            summary = "Show the proof of an erasure",
            description =
                    "What was erased, when and on whose word; and what is so at this moment: that no key leads to the"
                            + " data, that none are left, and that what is told of these orders later is refused.")
    ErasureBody proof(@PathVariable UUID id) {
        return body(new BuyerId(id)).orElseThrow(() -> NotFound.of("erased buyer", id));
    }

    private Optional<ErasureBody> body(BuyerId buyer) {
        return proofs.find(buyer).map(proof -> new ErasureBody(proof, proofs.check(buyer)));
    }

    private static NotFound unknown(UUID id) {
        return NotFound.of("buyer", id);
    }
}
