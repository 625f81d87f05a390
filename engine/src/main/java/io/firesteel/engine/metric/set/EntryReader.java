package io.firesteel.engine.metric.set;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes entries of texts; an entry's formula can name those before it. */
final class EntryReader {
    private static final Pattern ALIASED = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*=(.*)", Pattern.DOTALL);
    private static final Pattern SPACES = Pattern.compile("\\s*([-+*/%^=,()\\[\\]])\\s*");

    private final Map<String, ? extends Metric<?>> own;
    private final Map<String, String> parameters;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    EntryReader(Map<String, ? extends Metric<?>> own, Map<String, String> parameters) {
        this.own = own;
        this.parameters = parameters;
    }

    List<Entry> read(List<String> texts) {
        for (String text : texts) {
            Entry entry = entry(text);
            if (entries.putIfAbsent(entry.name(), entry) != null) {
                throw new IllegalArgumentException("Invalid metrics: " + entry.name()
                        + " is there twice (must be named once, or another=" + text + ")");
            }
        }
        return new ArrayList<>(entries.values());
    }

    private Entry entry(String text) {
        Matcher aliased = ALIASED.matcher(text);
        String definition = SPACES.matcher(aliased.matches() ? aliased.group(2) : text)
                .replaceAll("$1")
                .strip();
        String name = aliased.matches() ? aliased.group(1) : definition;
        Optional<Operand> metric = plainMetric(definition);
        if (metric.isPresent()) {
            Operand operand = metric.get();
            return new Entry(
                    name, operand.metric().name(), operands -> operands.value(operand.metric()), List.of(operand));
        }
        List<Operand> used = new ArrayList<>();
        Expression expression = new FormulaParser(definition, this::operand, used).parse();
        return new Entry(name, definition, expression, used);
    }

    /** A metric by itself may be spelt with hyphens, which in a formula are signs. */
    private Optional<Operand> plainMetric(String text) {
        boolean isName = text.matches("[\\w-]+") && Metrics.find(text).isPresent() && !entries.containsKey(text);
        return isName && !own.containsKey(text) ? Optional.of(catalogued(text)) : Optional.empty();
    }

    /** What a name in a formula, with its parameters, stands for. */
    private Expression operand(String name, String given, List<Operand> used) {
        Entry entry = entries.get(name);
        if (entry != null && given.isEmpty()) {
            used.addAll(entry.operands());
            return entry.expression();
        }
        Metric<?> mine = own.get(name);
        Operand operand =
                mine != null && given.isEmpty() ? new Operand(mine, Optional.empty()) : catalogued(name + given);
        used.add(operand);
        return operands -> operands.value(operand.metric());
    }

    private Operand catalogued(String text) {
        MetricKind kind = Metrics.kindOf(text);
        return new Operand(Metrics.with(text, known(kind)), Optional.of(kind));
    }

    /** Those of the set's parameters that a metric has. */
    private Map<String, String> known(MetricKind kind) {
        Map<String, String> known = new LinkedHashMap<>(parameters);
        known.keySet()
                .retainAll(kind.parameters().stream().map(MetricParameter::name).toList());
        return known;
    }
}
