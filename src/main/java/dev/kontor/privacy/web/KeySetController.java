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
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Guarded.By;
import dev.kontor.privacy.keys.CredentialKeySet;
import dev.kontor.privacy.keys.CredentialKeySet.KeyInfo;

/** The key set for credentials: which keys there are, and a new one. Never a secret. */
@RestController
@RequestMapping("/api/v1/key-sets/credentials")
@Guarded(value = Area.PRIVACY, reading = By.ADMINISTRATOR, writing = By.ADMINISTRATOR)
@Tag(name = "Key sets")
class KeySetController {

    private final CredentialKeySet keySet;

    KeySetController(CredentialKeySet keySet) {
        this.keySet = keySet;
    }

    /** @param keys oldest first */
    record KeySet(String name, List<KeyInfo> keys) {}

    @GetMapping
    @Operation(summary = "List the keys that credentials are encrypted under, without any secret")
    KeySet get() {
        return new KeySet("credentials", keySet.list());
    }

    @PostMapping("/rotations")
    @Operation(
            summary = "Add a new key for credentials",
            description =
                    "From now on it encrypts; the older ones still decrypt. What they encrypted is encrypted again in"
                            + " the background: `needed` of the older keys says how much is left.")
    KeySet rotate() {
        return new KeySet("credentials", keySet.rotate());
    }

    @DeleteMapping("/keys/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Remove a key that nothing needs any more",
            description =
                    "Refused for the key that encrypts, within 15 minutes of the last rotation, and while anything is"
                            + " encrypted under it. A copy of the database that was made before cannot be used again.")
    void remove(@PathVariable String id) {
        keySet.remove(id);
    }
}
