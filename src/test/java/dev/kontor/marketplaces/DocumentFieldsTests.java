package dev.kontor.marketplaces;

import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentFieldsTests {

    private static final DocumentFields FIELDS =
            new DocumentFields(Set.of("id", "items[].sku", "tags[]"), Set.of("buyer.name", "items[].note"));

    @Test
    void takesOutWhatIsPersonalAndLeavesWhatIsOpen() {
        var split = FIELDS.split(json("""
                {"id":"1","buyer":{"name":"Jan"},"items":[{"sku":"A","note":"for Ewa"},{"sku":"B","note":null}],"tags":["x"]}
                """));

        assertThat(split.masked()).isEqualTo(json("""
                {"id":"1","buyer":{"name":"***"},"items":[{"sku":"A","note":"***"},{"sku":"B","note":null}],"tags":["x"]}
                """));
        assertThat(split.personal()).containsOnlyKeys("/buyer/name", "/items/0/note");
        assertThat(split.unknown()).isEmpty();
    }

    @Test
    void hidesWhatNobodyHasLookedAt() {
        var split = FIELDS.split(json("""
                {"id":{"nested":"Jan"},"buyer":"Jan","new":1,"items":[{"sku":"A","deep":{"er":[true]}}],"a/b~c":"Jan"}
                """));

        assertThat(split.unknown()).containsExactly("a/b~c", "buyer", "id.nested", "items[].deep.er[]", "new");
        assertThat(split.personal()).containsOnlyKeys("/id/nested", "/buyer", "/new", "/items/0/deep/er/0", "/a~1b~0c");
        assertThat(split.masked().toString()).doesNotContain("Jan").contains("\"sku\":\"A\"");
        assertThat(split.toString()).doesNotContain("Jan");
    }

    @Test
    void findsUnknownFieldsWithoutTouchingTheDocument() {
        var document = json("{\"id\":\"1\",\"buyer\":{\"name\":\"Jan\",\"age\":7}}");
        var before = document.deepCopy();

        assertThat(FIELDS.unknown(document)).containsExactly("buyer.age");
        assertThat(document).isEqualTo(before);
    }

    @Test
    void leavesTheOriginalAsItIs() {
        var document = json("{\"buyer\":{\"name\":\"Jan\"}}");

        FIELDS.split(document);

        assertThat(document.at("/buyer/name").stringValue()).isEqualTo("Jan");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void mergingWhatWasSplitGivesTheDocumentBack(long seed) {
        var random = new Random(seed);
        var document = object(random, 4);

        var split = FIELDS.split(document);

        assertThat(DocumentFields.merge(split.masked(), split.personal())).isEqualTo(document);
        assertThat(FIELDS.unknown(document)).isEqualTo(split.unknown());
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static ObjectNode object(Random random, int depth) {
        var object = JsonNodeFactory.instance.objectNode();
        var names =
                new String[] {"id", "buyer", "name", "items", "sku", "note", "tags", "a/b", "~", "", "[]", "0", "x.y"};
        for (var count = random.nextInt(6); count > 0; count--) {
            object.set(names[random.nextInt(names.length)], node(random, depth));
        }
        return object;
    }

    private static JsonNode node(Random random, int depth) {
        var factory = JsonNodeFactory.instance;
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> factory.stringNode("text " + random.nextInt(100));
            case 1 -> factory.numberNode(random.nextLong());
            case 2 -> factory.booleanNode(random.nextBoolean());
            case 3 -> factory.nullNode();
            case 4 -> object(random, depth - 1);
            default -> {
                var array = factory.arrayNode();
                for (var count = random.nextInt(4); count > 0; count--) {
                    array.add(node(random, depth - 1));
                }
                yield array;
            }
        };
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }
}
