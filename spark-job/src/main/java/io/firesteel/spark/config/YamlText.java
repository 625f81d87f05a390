package io.firesteel.spark.config;

import io.firesteel.spark.config.YamlValue.Entry;
import io.firesteel.spark.config.YamlValue.Kind;
import io.firesteel.spark.config.YamlValue.Mapping;
import io.firesteel.spark.config.YamlValue.Scalar;
import io.firesteel.spark.config.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Parses one YAML 1.2 document (core schema) into a tree that knows where each value stands. */
final class YamlText {
    /** Bounds what a file of nested aliases can grow to. */
    private static final int MOST_ALIASES = 20;

    private static final CoreSchema SCHEMA = new CoreSchema();

    private static final Map<Tag, Kind> KINDS = Map.of(
            Tag.STR, Kind.STRING,
            Tag.INT, Kind.INTEGER,
            Tag.FLOAT, Kind.FLOAT,
            Tag.BOOL, Kind.BOOLEAN,
            Tag.NULL, Kind.NULL);

    private final String source;
    private final boolean isFile;
    private final Problems problems;
    private boolean isRefused;

    private YamlText(String source, boolean isFile, Problems problems) {
        this.source = source;
        this.isFile = isFile;
        this.problems = problems;
    }

    /** The document's value; empty after a problem that leaves none. */
    static Optional<YamlValue> ofFile(String text, String fileName, Problems problems) {
        return new YamlText(fileName, true, problems).parse(text, "");
    }

    /** The value given to {@code key} on the command line; {@code source} names the whole override. */
    static Optional<YamlValue> ofOverride(String text, String source, String key, Problems problems) {
        return new YamlText(source, false, problems).parse(text, key);
    }

    /** What the core schema takes an unquoted {@code text} for. */
    static Kind kindOf(String text) {
        return KINDS.getOrDefault(SCHEMA.getScalarResolver().resolve(text, true), Kind.STRING);
    }

    private Optional<YamlValue> parse(String text, String key) {
        try {
            Iterator<Node> documents =
                    new Compose(settings(text)).composeAllFromString(text).iterator();
            if (!documents.hasNext()) {
                return Optional.of(new Scalar(new Origin(source, isFile ? 1 : 0), Kind.NULL, "", ""));
            }
            Optional<YamlValue> value = convert(documents.next(), key);
            if (documents.hasNext()) {
                problems.add(origin(documents.next()), key, "Invalid YAML: a second document (must be one)");
            }
            return isRefused ? Optional.empty() : value;
        } catch (MarkedYamlEngineException e) {
            problems.add(origin(e.getProblemMark()), key, syntaxProblem(e));
        } catch (YamlEngineException e) {
            problems.add(new Origin(source, isFile ? 1 : 0), key, "Invalid YAML: " + firstLine(e.getMessage()));
        }
        return Optional.empty();
    }

    /** The buffer holds all of the text: the parser reads past the end of one whose last character is half of a pair. */
    private static LoadSettings settings(String text) {
        return LoadSettings.builder()
                .setBufferSize(text.length() + 1)
                .setSchema(SCHEMA)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
    }

    private static String syntaxProblem(MarkedYamlEngineException e) {
        String column = e.getProblemMark()
                .map(mark -> " at column " + (mark.getColumn() + 1))
                .orElse("");
        String context = e.getContext() == null ? "" : " " + firstLine(e.getContext());
        String wayOut =
                context.matches(".*an (alias|anchor)") ? " (must be in quotes where it starts with * or &)" : "";
        return "Invalid YAML" + column + ": " + firstLine(e.getProblem()) + context + wayOut;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }

    private Optional<YamlValue> convert(Node node, String key) {
        if (node.isRecursive()) {
            return refuse(node, key, "an alias inside of what it stands for");
        }
        if (node instanceof ScalarNode scalar && KINDS.containsKey(node.getTag())) {
            String text = scalar.getValue();
            return Optional.of(new Scalar(origin(node), KINDS.get(node.getTag()), text, text));
        }
        if (node instanceof SequenceNode sequence && node.getTag().equals(Tag.SEQ)) {
            return Optional.of(sequence(sequence, key));
        }
        if (node instanceof MappingNode mapping && node.getTag().equals(Tag.MAP)) {
            return Optional.of(mapping(mapping, key));
        }
        return refuse(node, key, "tag " + node.getTag().getValue() + " (must be a plain YAML type)");
    }

    private Optional<YamlValue> refuse(Node node, String key, String what) {
        problems.add(origin(node), key, "Invalid YAML: " + what);
        isRefused = true;
        return Optional.empty();
    }

    private Sequence sequence(SequenceNode node, String key) {
        List<YamlValue> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            convert(item, Section.child(key, String.valueOf(items.size()))).ifPresent(items::add);
        }
        return new Sequence(origin(node), items);
    }

    private Mapping mapping(MappingNode node, String key) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name) {
                addEntry(entries, name, tuple.getValueNode(), Section.child(key, name.getValue()));
            } else {
                problems.add(origin(tuple.getKeyNode()), key, "Invalid key: a collection (must be a name)");
            }
        }
        return new Mapping(origin(node), entries);
    }

    private void addEntry(Map<String, Entry> entries, ScalarNode name, Node value, String key) {
        Entry first = entries.get(name.getValue());
        if (first != null) {
            String where = isFile ? " (first on line " + first.origin().line() + ")" : "";
            problems.add(origin(name), key, "Duplicate key" + where);
            return;
        }
        convert(value, key).ifPresent(converted -> entries.put(name.getValue(), new Entry(origin(name), converted)));
    }

    private Origin origin(Node node) {
        return origin(node.getStartMark());
    }

    private Origin origin(Optional<Mark> mark) {
        return new Origin(source, isFile ? mark.map(Mark::getLine).orElse(0) + 1 : 0);
    }
}
