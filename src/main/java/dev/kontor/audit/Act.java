package dev.kontor.audit;

import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

import org.jmolecules.ddd.types.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * What was done to an object, with those of its fields that changed and may be seen. A field is named by the caller, and no
 * text gets in unless it is called a label: so no name, address or secret comes along by mistake.
 */
public final class Act {

    /** Stands for what is not shown. */
    public static final String HIDDEN = "***";

    private final String action;
    private final String objectType;
    private final String objectId;
    private final SortedMap<String, Object> before = new TreeMap<>();
    private final SortedMap<String, Object> after = new TreeMap<>();
    private @Nullable Origin origin;

    private Act(String action, String objectType, String objectId) {
        this.action = action;
        this.objectType = objectType;
        this.objectId = objectId;
    }

    /** @param action a stable name such as {@code account.renamed} */
    public static Act of(String action, String objectType, Object objectId) {
        return new Act(action, objectType, objectId.toString());
    }

    /** A field that can hold no text; it is left out where it did not change. */
    public Act field(String name, @Nullable Object was, @Nullable Object is) {
        return put(name, shown(name, was), shown(name, is));
    }

    /** A field that there was not before. */
    public Act field(String name, @Nullable Object is) {
        return field(name, null, is);
    }

    /** A text that the caller vouches for: what a seller calls his goods, places and shops, and codes. */
    public Act label(String name, @Nullable String was, @Nullable String is) {
        return put(name, was, is);
    }

    public Act label(String name, @Nullable String is) {
        return put(name, null, is);
    }

    /** Texts that the caller vouches for. */
    public Act labels(String name, @Nullable Collection<String> was, @Nullable Collection<String> is) {
        return put(name, sorted(was), sorted(is));
    }

    public Act labels(String name, Collection<String> is) {
        return labels(name, null, is);
    }

    private static @Nullable List<String> sorted(@Nullable Collection<String> texts) {
        return texts == null ? null : texts.stream().sorted().toList();
    }

    /** A field that changed and is shown to nobody, such as a secret, or words that a person wrote. */
    public Act hidden(String name) {
        after.put(name, HIDDEN);
        return this;
    }

    /** Done on behalf of another thread than the one that records it. */
    public Act from(Origin there) {
        this.origin = there;
        return this;
    }

    private Act put(String name, @Nullable Object was, @Nullable Object is) {
        if (!Objects.equals(was, is)) {
            if (was != null) {
                before.put(name, was);
            }
            if (is != null) {
                after.put(name, is);
            }
        }
        return this;
    }

    private static @Nullable Object shown(String name, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Integer number -> number.longValue(); // so that 1 and 1L are the same
            case Long number -> number;
            case Number number -> number.toString();
            case Boolean flag -> flag;
            case Enum<?> one -> one.name();
            case UUID id -> id.toString();
            case Identifier id -> id.toString();
            case Temporal time -> time.toString();
            case Duration duration -> duration.toString();
            case Collection<?> many ->
                many.stream().map(one -> shown(name, one)).toList();
            default ->
                throw new IllegalArgumentException("the field " + name + " is a "
                        + value.getClass().getSimpleName() + ", which might say anything; call it a label or hide it");
        };
    }

    public String action() {
        return action;
    }

    public String objectType() {
        return objectType;
    }

    public String objectId() {
        return objectId;
    }

    /** Null where it is the recording thread's own. */
    public @Nullable Origin origin() {
        return origin;
    }

    /** Whether there is anything to tell. */
    public boolean isEmpty() {
        return before.isEmpty() && after.isEmpty();
    }

    public Map<String, Object> before() {
        return Collections.unmodifiableSortedMap(before);
    }

    public Map<String, Object> after() {
        return Collections.unmodifiableSortedMap(after);
    }

    @Override
    public String toString() {
        return "Act[" + action + " of " + objectType + " " + objectId + "]";
    }
}
