package dev.kontor.inventory.policies;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.api.InvalidField;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.allocation.Policy.Level;
import dev.kontor.inventory.allocation.Share;
import dev.kontor.inventory.policies.Situations.Offer;

import static java.util.Comparator.comparing;

/** Works out what a policy would change, and changes nothing. */
@Component
public class PolicyPreview {

    private final Policies policies;
    private final Situations situations;

    PolicyPreview(Policies policies, Situations situations) {
        this.policies = policies;
        this.situations = situations;
    }

    /** What a listing would show instead. */
    public record Difference(
            ListingId listing, AccountId account, int before, int after, boolean guardedBefore, boolean guardedAfter) {}

    /**
     * @param listings how many it is about, those that share items with them included
     * @param differences by the listing's id
     */
    public record Previewed(int listings, List<Difference> differences) {}

    /** @param wish that says nothing takes away what was said */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Previewed preview(PolicyTarget target, PolicyWish wish) {
        var problems = wish.problems();
        if (!problems.isEmpty()) {
            throw new InvalidField(problems);
        }
        var stand = situations.around(target);
        var said = policies.wishes(stand.offers().stream().map(Offer::listing).toList());
        var before = stand.shares(offer -> PolicyWish.resolve(said(said, offer)));
        var after = stand.shares(
                offer -> PolicyWish.resolve(offer.meant() ? with(said(said, offer), target, wish) : said(said, offer)));
        return new Previewed(stand.offers().size(), differences(stand.offers(), before, after));
    }

    /** What a listing is to show as things are now; empty where it is left alone. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<Share> now(ListingId listing) {
        var stand = situations.around(PolicyTarget.of(listing));
        var said = policies.wishes(stand.offers().stream().map(Offer::listing).toList());
        return Optional.ofNullable(
                stand.shares(offer -> PolicyWish.resolve(said(said, offer))).get(listing));
    }

    private static Map<Level, PolicyWish> said(Map<ListingId, Map<Level, PolicyWish>> said, Offer offer) {
        return said.getOrDefault(offer.listing(), Map.of());
    }

    private static Map<Level, PolicyWish> with(Map<Level, PolicyWish> said, PolicyTarget target, PolicyWish wish) {
        var changed = new HashMap<>(said);
        changed.put(target.level(), wish);
        return changed;
    }

    private static List<Difference> differences(
            List<Offer> offers, Map<ListingId, Share> before, Map<ListingId, Share> after) {
        var differences = new ArrayList<Difference>();
        for (var offer : offers) {
            var was = before.get(offer.listing());
            var would = after.get(offer.listing());
            if (was != null
                    && would != null
                    && (was.quantity() != would.quantity() || was.guarded() != would.guarded())) {
                differences.add(new Difference(
                        offer.listing(),
                        offer.account(),
                        was.quantity(),
                        would.quantity(),
                        was.guarded(),
                        would.guarded()));
            }
        }
        differences.sort(comparing(it -> it.listing().value(), UUID::compareTo));
        return differences;
    }
}
