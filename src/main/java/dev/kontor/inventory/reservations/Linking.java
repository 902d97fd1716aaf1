package dev.kontor.inventory.reservations;

import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.api.Conflict;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Matching;
import dev.kontor.inventory.listings.Proposal;
import dev.kontor.inventory.listings.Proposal.State;
import dev.kontor.inventory.listings.Proposals;

/** Says what listings sell, and lets their orders follow in the same transaction. */
@Component
public class Linking {

    private final Listings listings;
    private final Proposals proposals;
    private final Matching matching;
    private final Claims claims;
    private final UnmatchedLines unmatched;
    private final Reservations reservations;
    private final Clock clock;
    private final AuditLog audit;

    Linking(
            Listings listings,
            Proposals proposals,
            Matching matching,
            Claims claims,
            UnmatchedLines unmatched,
            Reservations reservations,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.listings = listings;
        this.proposals = proposals;
        this.matching = matching;
        this.claims = claims;
        this.unmatched = unmatched;
        this.reservations = reservations;
        this.clock = clock;
    }

    /**
     * @param link null to take it away; what has not been shipped is released then
     * @param seen refuses a version that the caller has not seen
     */
    @Transactional
    public Listing link(ListingId id, @Nullable Link link, LongConsumer seen) {
        var listing = locked(id);
        seen.accept(listing.version());
        apply(listing, link);
        audit.record(told(link == null ? "listing.unlinked" : "listing.linked", listing, link));
        return get(id);
    }

    @Transactional
    public void accept(UUID id, int units, String actor) {
        var proposal = decide(id, State.OPEN, State.ACCEPTED, actor);
        var listing = get(proposal.listing());
        if (listing.link() != null) {
            throw new Conflict("listing-linked", "The listing is linked already; take that link away first.");
        }
        var link = new Link(proposal.item(), units, actor);
        apply(listing, link);
        audit.record(told("listing.linked", listing, link).field("proposal", id));
    }

    @Transactional
    public void reject(UUID id, String actor) {
        decide(id, State.OPEN, State.REJECTED, actor);
        audit.record(Act.of("proposal.rejected", "proposal", id).field("state", State.OPEN, State.REJECTED));
    }

    /** The proposal is open again, and a link that came of it goes; Kontor does not make it a second time by itself. */
    @Transactional
    public void undo(UUID id, String actor) {
        var proposal = find(id);
        var decided = decide(id, proposal.state(), State.OPEN, actor);
        var listing = get(decided.listing());
        var link = listing.link();
        if (proposal.state() == State.ACCEPTED && link != null && link.item().equals(proposal.item())) {
            apply(listing, null);
            audit.record(told("listing.unlinked", listing, null).field("proposal", id));
        }
        audit.record(Act.of("proposal.reopened", "proposal", id).field("state", proposal.state(), State.OPEN));
    }

    private static Act told(String action, Listing listing, @Nullable Link is) {
        var was = listing.link();
        return Act.of(action, "listing", listing.id())
                .field("item", was == null ? null : was.item(), is == null ? null : is.item())
                .field("units", was == null ? null : was.units(), is == null ? null : is.units());
    }

    /** Perhaps it is known by now what some listings of an account sell. */
    @Transactional
    public void matchAgain(AccountId account, Collection<ListingId> ids) {
        claims.lock(account);
        var unlinked = listings.find(ids).stream()
                .filter(listing -> listing.link() == null)
                .toList();
        follow(account, matching.match(unlinked).keySet());
    }

    private Proposal decide(UUID id, State from, State to, String actor) {
        locked(find(id).listing());
        var proposal = find(id);
        if (proposal.state() != from || from == to) {
            throw new Conflict("proposal-decided", "The proposal is " + proposal.state() + ".");
        }
        proposals.decide(id, to, actor, clock.instant());
        return proposal;
    }

    private void apply(Listing listing, @Nullable Link link) {
        listings.link(listing.id(), link);
        follow(listing.account(), List.of(listing.id()));
    }

    private void follow(AccountId account, Collection<ListingId> linked) {
        var orders = new HashSet<>(claims.ordersOf(linked));
        orders.addAll(unmatched.ordersOf(linked));
        reservations.judge(account, orders);
    }

    private Listing locked(ListingId id) {
        claims.lock(get(id).account());
        return get(id);
    }

    private Proposal find(UUID id) {
        return proposals.find(id).orElseThrow(() -> NotFound.of("proposal", id));
    }

    private Listing get(ListingId id) {
        return listings.find(id).orElseThrow(() -> NotFound.of("listing", id));
    }
}
