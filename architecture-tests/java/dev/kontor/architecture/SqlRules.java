package dev.kontor.architecture;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

/** A module's tables are its own. */
final class SqlRules {

    private static final Pattern STATEMENT = Pattern.compile(
            "\\b(select|insert|update|delete|merge|truncate|copy|create|alter|drop|from|join)\\b",
            Pattern.CASE_INSENSITIVE);

    /** {@code orders.lines}, but neither {@code kontor.orders.lines} nor {@code orders.lines()}. */
    static final Pattern QUALIFIED = Pattern.compile(
            "(?<![\\w.$/\"-])\"?(" + String.join("|", schemas()) + ")\"?\\.\"?[a-z_]\\w*", Pattern.CASE_INSENSITIVE);

    static final List<Rule> RULES = List.of(
            Rule.of("no SQL names another module's schema", SqlRules::foreignSchema, "foreign", "Spy", "Squatter"));

    private SqlRules() {}

    static Set<String> schemas() {
        var schemas = new TreeSet<>(ModuleRules.BESIDE.keySet());
        ModuleRules.ORDER.forEach(schemas::addAll);
        return schemas;
    }

    static ArchRule foreignSchema(Root root) {
        return root.forbids(
                "name the schema of another module in SQL",
                "only its owner may change how a table looks",
                type -> Stream.concat(inSql(root, type), inMapping(root, type)));
    }

    private static Stream<String> inSql(Root root, JavaClass type) {
        return Constants.of(type)
                .filter(text -> STATEMENT.matcher(text).find())
                .flatMap(text -> QUALIFIED.matcher(text).results())
                .filter(match -> !match.group(1).equalsIgnoreCase(root.module(type)))
                .map(MatchResult::group)
                .map(name -> "SQL on " + name);
    }

    private static Stream<String> inMapping(Root root, JavaClass type) {
        return type.getAnnotations().stream()
                .filter(it ->
                        it.getRawType().getName().equals("org.springframework.data.relational.core.mapping.Table"))
                .map(SqlRules::schema)
                .filter(schema -> !schema.isEmpty() && !schema.equals(root.module(type)))
                .map(schema -> "mapped to schema " + schema);
    }

    private static String schema(JavaAnnotation<?> table) {
        return table.get("schema").map(Object::toString).orElse("");
    }
}
