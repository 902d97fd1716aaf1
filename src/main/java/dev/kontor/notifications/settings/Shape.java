package dev.kontor.notifications.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What values a property has.
 *
 * @param must what people are told who set another one
 * @param form how it is written at least; whatever is written otherwise would be taken for something that nobody meant
 * @param read from the record that the property is bound into
 */
record Shape(String must, Pattern form, Function<Object, @Nullable Object> read) {

    private static final Pattern ANYTHING = Pattern.compile(".*");
    private static final Pattern SOMETHING = Pattern.compile(".*\\S.*");
    private static final Pattern WITH_UNIT = Pattern.compile(".*[A-Za-z].*");

    /** Each property of a record, also of the records in it. */
    static Map<String, Shape> of(String name, Class<?> type) {
        var shapes = new LinkedHashMap<String, Shape>();
        for (var component : type.getRecordComponents()) {
            add(shapes, name + "." + dashed(component.getName()), component, Shape::itself);
        }
        return shapes;
    }

    private static Object itself(Object root) {
        return root;
    }

    private static void add(
            Map<String, Shape> shapes, String name, RecordComponent component, Function<Object, Object> owner) {
        var type = component.getType();
        Function<Object, Object> read = root -> value(component, owner.apply(root));
        if (type.isRecord()) {
            for (var inner : type.getRecordComponents()) {
                add(shapes, name + "." + dashed(inner.getName()), inner, read);
            }
        } else if (Map.class.isAssignableFrom(type)) {
            var arguments = ((ParameterizedType) component.getGenericType()).getActualTypeArguments();
            for (var key : ((Class<?>) arguments[0]).getEnumConstants()) {
                shapes.put(
                        name + "." + word(key),
                        of((Class<?>) arguments[1], root -> ((Map<?, ?>) read.apply(root)).get(key)));
            }
        } else if (Set.class.isAssignableFrom(type)) {
            var element = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            shapes.put(
                    name,
                    new Shape("must be any of " + words(element) + ", separated by commas", ANYTHING, read::apply));
        } else {
            shapes.put(name, of(type, read::apply));
        }
    }

    private static Shape of(Class<?> type, Function<Object, @Nullable Object> read) {
        return new Shape(must(type), type == Duration.class ? WITH_UNIT : SOMETHING, read);
    }

    private static Object value(RecordComponent component, Object owner) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }

    private static String must(Class<?> type) {
        if (type.isEnum()) {
            return "must be one of " + words(type);
        }
        if (type == Duration.class) {
            return "must be a time, such as 90s, 30m, 4h or 7d, and at most 3650d";
        }
        return type == boolean.class ? "must be true or false" : "must be a number, and at most 1000000";
    }

    private static String words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Shape::word).collect(Collectors.joining(", "));
    }

    private static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String dashed(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    boolean isWrittenSo(String value) {
        return form.matcher(value).matches();
    }

    /** Of a record, as people write it; null where it is not set. */
    @Nullable
    String shown(Object record) {
        var value = read.apply(record);
        return value == null ? null : shownValue(value);
    }

    private static String shownValue(Object value) {
        return switch (value) {
            case Enum<?> one -> word(one);
            case Duration time -> shortest(time);
            case Collection<?> many ->
                many.stream().map(Shape::shownValue).sorted().collect(Collectors.joining(","));
            default -> value.toString();
        };
    }

    private static String shortest(Duration time) {
        if (time.toMillisPart() != 0) {
            return time.toMillis() + "ms";
        }
        long seconds = time.toSeconds();
        if (seconds % 86_400 == 0 && seconds > 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0 && seconds > 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** Whether it is so large that nothing can be reckoned with it any more. */
    boolean isTooLarge(Object record) {
        return switch (read.apply(record)) {
            case Duration time -> time.compareTo(Duration.ofDays(3_650)) > 0;
            case Number number -> number.doubleValue() > 1_000_000;
            case null, default -> false;
        };
    }
}
