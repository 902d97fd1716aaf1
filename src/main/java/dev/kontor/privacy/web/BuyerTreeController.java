package dev.kontor.privacy.web;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Guarded.By;
import dev.kontor.privacy.vault.BuyerTrees;
import dev.kontor.privacy.vault.BuyerTrees.TreeInfo;

/** The trees that buyers' keys come from: which there are, and a new one. Never a secret. */
@RestController
@RequestMapping("/api/v1/key-sets/buyers")
@Guarded(value = Area.PRIVACY, reading = By.ADMINISTRATOR, writing = By.ADMINISTRATOR)
@Tag(name = "Key sets")
class BuyerTreeController {

    private final BuyerTrees trees;

    BuyerTreeController(BuyerTrees trees) {
        this.trees = trees;
    }

    /** @param trees oldest first */
    record BuyerKeySet(String name, List<TreeInfo> trees) {}

    @GetMapping
    @Operation(summary = "List the trees of keys that personal data are encrypted under, without any secret")
    BuyerKeySet get() {
        return new BuyerKeySet("buyers", trees.list());
    }

    @PostMapping("/rotations")
    @Operation(
            summary = "Replace the tree of buyers' keys, after the file was stolen",
            description =
                    "From now on a new tree encrypts; the old one still decrypts. What lies under it is encrypted again in"
                            + " the background: `deposits` of the old tree says how much is left. Whoever was erased"
                            + " stays erased. Refused until the old tree of an earlier replacement is removed.")
    BuyerKeySet replace() {
        return new BuyerKeySet("buyers", trees.replace());
    }

    @DeleteMapping("/trees/{number}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Destroy a tree that nothing needs any more",
            description =
                    "Refused for the tree that encrypts, within 15 minutes of the replacement, and while anything is"
                            + " encrypted under it. A copy of the database that was made before cannot be opened again.")
    void remove(
            @Parameter(description = "Of a tree that is not the newest, as the view of the trees numbers it")
                    @PathVariable
                    int number) {
        trees.remove(number);
    }
}
