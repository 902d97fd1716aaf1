package dev.kontor.privacy.web;

import java.net.URI;
import java.util.UUID;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.Vault;
import dev.kontor.privacy.vault.BuyerDirectory;
import dev.kontor.privacy.vault.BuyerDirectory.BuyerView;

/** Buyers without anything personal, and their erasure. */
@RestController
@RequestMapping("/api/v1/buyers/{id}")
class BuyerController {

    private final BuyerDirectory buyers;
    private final Vault vault;

    BuyerController(BuyerDirectory buyers, Vault vault) {
        this.buyers = buyers;
        this.vault = vault;
    }

    @GetMapping
    BuyerView get(@PathVariable UUID id) {
        return buyers.find(new BuyerId(id)).orElseThrow(() -> unknown(id));
    }

    /** Once more does no harm, and completes what was interrupted. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void erase(@PathVariable UUID id) {
        if (!vault.erase(new BuyerId(id)) && buyers.find(new BuyerId(id)).isEmpty()) {
            throw unknown(id);
        }
    }

    private static ErrorResponseException unknown(UUID id) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "There is no buyer " + id + ".");
        problem.setType(URI.create("urn:kontor:problem:not-found"));
        problem.setTitle("Not found");
        return new ErrorResponseException(HttpStatus.NOT_FOUND, problem, null);
    }
}
