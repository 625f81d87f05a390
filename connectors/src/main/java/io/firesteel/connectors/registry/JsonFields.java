package io.firesteel.connectors.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.firesteel.engine.registry.RegistryException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The fields of an object in one of the registry's files. What isn't as it was written names the file. */
final class JsonFields {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT);

    private final JsonNode node;
    private final String uri;

    private JsonFields(JsonNode node, String uri) {
        this.node = node;
        this.uri = uri;
    }

    /**
     * Reads a file's content.
     *
     * @throws RegistryException if it isn't an object of that schema
     */
    static JsonFields parse(byte[] content, String uri, String schema) {
        JsonFields fields = new JsonFields(tree(content, uri), uri);
        String found = fields.text("schema");
        if (!found.equals(schema)) {
            throw new RegistryException("Cannot read " + uri + ": its schema is " + found + " (expected " + schema
                    + "): it was written by another Firesteel; use that one");
        }
        return fields;
    }

    /** An object's bytes. */
    static byte[] toBytes(Map<String, Object> fields) {
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Makes a value of fields; what it refuses is the file's fault. */
    <T> T valid(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw damaged(e.getMessage());
        }
    }

    String text(String name) {
        return typed(name, JsonNode::isTextual, "text").asText();
    }

    Optional<String> findText(String name) {
        return node.has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    int integer(String name) {
        return typed(name, JsonNode::isInt, "a whole number").asInt();
    }

    long number(String name) {
        return typed(name, JsonNode::isIntegralNumber, "a whole number").asLong();
    }

    OptionalInt findInteger(String name) {
        return node.has(name) ? OptionalInt.of(integer(name)) : OptionalInt.empty();
    }

    Instant instant(String name) {
        String text = text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw damaged(name + " is " + text + " (expected a time such as 2026-11-23T09:00:00Z)");
        }
    }

    List<Integer> integers(String name) {
        List<Integer> values = new ArrayList<>();
        for (JsonNode value : typed(name, JsonNode::isArray, "a list")) {
            if (!value.isInt()) {
                throw damaged(name + " has " + value + " (expected whole numbers)");
            }
            values.add(value.asInt());
        }
        return values;
    }

    List<JsonFields> objects(String name) {
        List<JsonFields> values = new ArrayList<>();
        typed(name, JsonNode::isArray, "a list").forEach(value -> values.add(new JsonFields(value, uri)));
        return values;
    }

    JsonFields object(String name) {
        return new JsonFields(typed(name, JsonNode::isObject, "an object"), uri);
    }

    /** A value for each of its fields. */
    <T> SortedMap<String, T> each(Function<String, T> value) {
        SortedMap<String, T> values = new TreeMap<>();
        node.fieldNames().forEachRemaining(name -> values.put(name, value.apply(name)));
        return values;
    }

    /** NaN for null, as JSON has no such number. */
    double decimal(String name) {
        JsonNode value = typed(name, found -> found.isNumber() || found.isNull(), "a number or null");
        return value.isNull() ? Double.NaN : value.asDouble();
    }

    @SuppressWarnings("unchecked") // Jackson makes maps by text of objects.
    Map<String, Object> map(String name) {
        return JSON.convertValue(typed(name, JsonNode::isObject, "an object"), Map.class);
    }

    RegistryException damaged(String what) {
        return new RegistryException("Cannot read " + uri + ": " + what + ": the file was changed or damaged");
    }

    private JsonNode typed(String name, Predicate<JsonNode> type, String expected) {
        JsonNode value = node.get(name);
        if (value == null || !type.test(value)) {
            throw damaged(name + " is " + (value == null ? "missing" : value) + " (expected " + expected + ")");
        }
        return value;
    }

    private static JsonNode tree(byte[] content, String uri) {
        try {
            JsonNode tree = JSON.readTree(content);
            if (tree.isObject()) {
                return tree;
            }
            throw new RegistryException(
                    "Cannot read " + uri + ": it holds no JSON object: the file was changed or damaged");
        } catch (JsonProcessingException e) {
            throw new RegistryException(
                    "Cannot read " + uri + ": it isn't JSON (line "
                            + e.getLocation().getLineNr() + "): the file was changed or damaged",
                    e);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read bytes in memory", e);
        }
    }
}
