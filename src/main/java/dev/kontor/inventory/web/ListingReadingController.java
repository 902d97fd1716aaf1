package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.inventory.reading.ListingReadingSchedule;
import dev.kontor.inventory.reading.ListingRounds;
import dev.kontor.inventory.reading.ListingRounds.Round;
import dev.kontor.inventory.reading.UnreadableListings;
import dev.kontor.inventory.reading.UnreadableListings.UnreadableListing;

@RestController
@RequestMapping("/api/v1/accounts/{id}/listings")
@Guarded(Area.INVENTORY)
@Tag(name = "Listings")
class ListingReadingController {

    private static final int MOST_UNREADABLE = 100;

    private final Accounts accounts;
    private final ListingReadingSchedule schedule;
    private final ListingRounds rounds;
    private final UnreadableListings unreadable;
    private final AuditLog audit;

    ListingReadingController(
            Accounts accounts,
            ListingReadingSchedule schedule,
            ListingRounds rounds,
            UnreadableListings unreadable,
            AuditLog audit) {
        this.audit = audit;
        this.accounts = accounts;
        this.schedule = schedule;
        this.rounds = rounds;
        this.unreadable = unreadable;
    }

    /**
     * @param round which reading of all listings it is, from 1
     * @param listed how many records the list has shown so far, some of them perhaps twice
     * @param total how many the marketplace says there are, absent where it does not say
     * @param asked how many were asked for by id, because the list did not show them or tells too little of them
     * @param readAt when all of them were read last, absent where they were not yet
     * @param unreadable listings that could not be understood, the longest so first, at most 100
     */
    @Schema(name = "ListingReading")
    record ReadingBody(
            long round,
            Round.Phase phase,
            long listed,
            @Nullable Long total,
            long asked,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Instant readAt,
            List<UnreadableListing> unreadable) {}

    @GetMapping
    @Operation(summary = "Tell how far the account's listings have been read")
    ReadingBody get(@PathVariable UUID id) {
        var account = known(id);
        var round = rounds.find(account)
                .orElseThrow(() -> new NotFound("The listings of account " + id + " have not been read yet."));
        return new ReadingBody(
                round.number(),
                round.phase(),
                round.listed(),
                round.total(),
                round.asked(),
                round.startedAt(),
                round.finishedAt(),
                round.wholeAt(),
                unreadable.of(account, MOST_UNREADABLE));
    }

    @PostMapping("/read")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Read all listings now, instead of at the next interval")
    void read(@PathVariable UUID id) {
        var account = known(id);
        audit.recordAtOnce(Act.of("listings.reading-asked-for", "account", account));
        schedule.readNow(account);
    }

    private AccountId known(UUID id) {
        return accounts.find(new AccountId(id))
                .orElseThrow(() -> NotFound.of("account", id))
                .id();
    }
}
