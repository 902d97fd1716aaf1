package dev.kontor.inventory.allocation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.kontor.inventory.ItemId;

/** Parts listings into groups that have no item in common. */
final class Connected {

    private final Map<ItemId, ItemId> towardsRoot = new HashMap<>();

    private Connected() {}

    /** In the order in which each group's first listing came. */
    static Collection<List<Offered>> groups(List<Offered> listings) {
        var connected = new Connected();
        listings.forEach(connected::connect);
        var roots = new HashMap<ItemId, Integer>();
        var groups = new TreeMap<Integer, List<Offered>>();
        for (var listing : listings) {
            var place = roots.computeIfAbsent(connected.root(any(listing)), root -> roots.size());
            groups.computeIfAbsent(place, it -> new ArrayList<>()).add(listing);
        }
        return groups.values();
    }

    private void connect(Offered listing) {
        var root = root(any(listing));
        for (var item : listing.each().keySet()) {
            var other = root(item);
            if (!other.equals(root)) {
                towardsRoot.put(other, root);
            }
        }
    }

    private ItemId root(ItemId item) {
        var root = item;
        for (var next = towardsRoot.get(root); next != null; next = towardsRoot.get(root)) {
            root = next;
        }
        if (!root.equals(item)) {
            towardsRoot.put(item, root);
        }
        return root;
    }

    private static ItemId any(Offered listing) {
        return listing.each().keySet().iterator().next();
    }
}
