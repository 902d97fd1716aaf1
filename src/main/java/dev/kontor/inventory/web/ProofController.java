package dev.kontor.inventory.web;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.inventory.proof.Proof;
import dev.kontor.inventory.proof.Proof.Verdict;

@RestController
@RequestMapping("/api/v1/inventory/proof")
@Guarded(Area.INVENTORY)
@Tag(name = "Stock")
class ProofController {

    private final Proof proof;

    ProofController(Proof proof) {
        this.proof = proof;
    }

    @PostMapping
    @Operation(
            summary = "Prove that all movements from the first one on add up to the positions",
            description = "Nothing stops meanwhile: the proof is of one moment.")
    Verdict prove() {
        return proof.prove();
    }
}
