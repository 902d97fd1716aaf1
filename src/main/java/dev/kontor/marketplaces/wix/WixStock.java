package dev.kontor.marketplaces.wix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.StockWriter;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Change.Conditional;
import dev.kontor.marketplaces.StockWriter.Change.Relative;

/**
 * The quantities of a site's products, under the catalog that it runs. Each of the two has its own kinds of change, so a
 * change says by itself how it travels.
 */
@SecondaryAdapter
@Component
class WixStock implements StockWriter {

    private final Catalogs catalogs;
    private final StockV1 older;
    private final StockV3 newer;

    WixStock(Catalogs catalogs, StockV1 older, StockV3 newer) {
        this.catalogs = catalogs;
        this.older = older;
        this.newer = newer;
    }

    private CatalogStock of(Catalogs.Version version) {
        return switch (version) {
            case V1 -> older;
            case V3 -> newer;
        };
    }

    @Override
    public List<Terms> possibleTerms() {
        return List.of(newer.terms(), older.terms());
    }

    @Override
    public Answer<Terms> terms(Connection connection) {
        return catalogs.with(connection, version -> new Ok<>(of(version).terms()));
    }

    /** Revisions travel in numbers, and so do differences in one direction; quantities with those of the same product. */
    @Override
    public List<List<Change>> groups(Collection<? extends Change> changes) {
        return groups(changes, change -> change instanceof Relative && older.alone(change.listing()));
    }

    private List<List<Change>> groups(Collection<? extends Change> changes, Predicate<Change> alone) {
        var groups = new ArrayList<List<Change>>();
        var open = new HashMap<String, List<Change>>();
        for (var change : changes) {
            var companions = alone.test(change) ? null : companions(change);
            var group = companions == null ? null : open.get(companions);
            if (group == null || !takes(group, change)) {
                group = new ArrayList<>();
                groups.add(group);
                if (companions != null) {
                    open.put(companions, group);
                }
            }
            group.add(change);
        }
        return groups.stream().map(List::copyOf).toList();
    }

    /** What changes must have in common to travel together. */
    private static String companions(Change change) {
        return switch (change) {
            case Absolute absolute ->
                "product " + VariantId.parse(absolute.listing()).product();
            case Relative relative -> StockV1.verb(relative);
            case Conditional ignored -> "revision";
        };
    }

    private boolean takes(List<Change> group, Change change) {
        var size = (change instanceof Conditional ? newer : older).terms().groupSize();
        return group.size() < size
                && group.stream().noneMatch(it -> it.listing().equals(change.listing()));
    }

    /** Wix knows no command by its id, but a revision serves only once, and a listing at zero is at zero. */
    @Override
    public boolean repeatable(Change change) {
        return switch (change) {
            case Absolute absolute -> absolute.quantity() == 0;
            case Relative ignored -> false;
            case Conditional ignored -> true;
        };
    }

    @Override
    public Answer<Map<String, Outcome>> write(Command command, Connection connection) {
        return groups(command.changes(), change -> false).size() == 1
                ? catalogs.with(connection, version -> of(version).write(command, connection))
                : CatalogStock.unsupported();
    }

    /** @param ticket of nothing: what is written is done when it is answered */
    @Override
    public Answer<Map<String, Outcome>> state(Command command, @Nullable String ticket, Connection connection) {
        return catalogs.with(connection, version -> of(version).state(command, connection));
    }

    @Override
    public Answer<Map<String, Reading>> read(Collection<String> listings, Connection connection) {
        return catalogs.with(connection, version -> of(version).read(listings, connection));
    }
}
