package dev.kontor.inventory.policies;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.kontor.api.FieldProblem;
import dev.kontor.inventory.allocation.Policy;
import dev.kontor.inventory.allocation.Policy.Field;
import dev.kontor.inventory.allocation.Policy.Level;
import dev.kontor.inventory.allocation.Strategy;

/** What somebody said at one level; null where he leaves it to the others. */
public record PolicyWish(
        @Nullable Strategy strategy,
        @Nullable Integer buffer,
        @Nullable Integer minimum,
        @Nullable Integer maximum,
        @Nullable Boolean paused) {

    static final PolicyWish NOTHING = new PolicyWish(null, null, null, null, null);
    private static final int MOST = 1_000_000_000;
    private static final List<Level> NEAREST_FIRST = List.of(Level.LISTING, Level.ACCOUNT, Level.ITEM, Level.DEFAULT);

    /** Each field as the nearest level has it that says something of it: listing, account, item, default, Kontor. */
    static Policy resolve(Map<Level, PolicyWish> wishes) {
        var resolution = new Resolution(wishes);
        return new Policy(
                resolution.of(Field.STRATEGY, PolicyWish::strategy, Policy.OF_KONTOR.strategy()),
                resolution.of(Field.BUFFER, PolicyWish::buffer, Policy.OF_KONTOR.buffer()),
                resolution.of(Field.MINIMUM, PolicyWish::minimum, Policy.OF_KONTOR.minimum()),
                resolution.found(Field.MAXIMUM, PolicyWish::maximum),
                resolution.of(Field.PAUSED, PolicyWish::paused, Policy.OF_KONTOR.paused()),
                resolution.from);
    }

    private record Resolution(Map<Level, PolicyWish> wishes, Map<Field, Level> from) {

        Resolution(Map<Level, PolicyWish> wishes) {
            this(wishes, new EnumMap<>(Field.class));
        }

        <T> T of(Field field, Function<PolicyWish, @Nullable T> says, T otherwise) {
            var found = found(field, says);
            return found == null ? otherwise : found;
        }

        <T> @Nullable T found(Field field, Function<PolicyWish, @Nullable T> says) {
            for (var level : NEAREST_FIRST) {
                var wish = wishes.get(level);
                var said = wish == null ? null : says.apply(wish);
                if (said != null) {
                    from.put(field, level);
                    return said;
                }
            }
            return null;
        }
    }

    /** Says nothing at all. */
    boolean empty() {
        return equals(NOTHING);
    }

    List<FieldProblem> problems() {
        var problems = new ArrayList<FieldProblem>();
        refuse("buffer", buffer, problems);
        refuse("minimum", minimum, problems);
        refuse("maximum", maximum, problems);
        if (minimum != null && maximum != null && minimum > maximum) {
            problems.add(new FieldProblem("minimum", "must not be greater than the maximum"));
        }
        return problems;
    }

    private static void refuse(String field, @Nullable Integer number, List<FieldProblem> problems) {
        if (number != null && (number < 0 || number > MOST)) {
            problems.add(new FieldProblem(field, "must be from 0 to " + MOST));
        }
    }
}
