package dev.kontor.accounts.web;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.accounts.calendar.Rotations;
import dev.kontor.accounts.calendar.Rotations.Position;
import dev.kontor.accounts.calendar.Rotations.Rotation;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;

/** What has to be replaced by when, so that no account is locked out. Never a secret. */
@RestController
@RequestMapping("/api/v1/credential-calendar")
@Guarded(Area.ACCOUNTS)
@Tag(name = "Accounts")
class RotationController {

    private final Rotations rotations;

    RotationController(Rotations rotations) {
        this.rotations = rotations;
    }

    @GetMapping
    @Operation(
            summary = "List when the secrets of marketplaces have to be replaced, what is due first, first",
            description = "Of every account what the seller permitted or entered, and the secrets of Kontor's own"
                    + " applications. One without `rotateBy` is good until somebody takes it back. Reminders come 30, 7 and 1"
                    + " days before.")
    Page<Rotation> list(PageQuery page) {
        var after = page.after(Position.class).orElse(Position.START);
        return Page.cut(rotations.list(after, page.limit() + 1), page, Position::of);
    }
}
