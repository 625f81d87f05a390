package io.firesteel.engine.metric.set;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * What a job or an evaluation measures: entries with names, each a metric or a formula over metrics. A metric's state that
 * several entries read, as precision and recall read one confusion matrix, is there once.
 *
 * <p>An entry is a text, {@code [alias=]metric} or {@code [alias=]formula}:
 *
 * <pre>
 * accuracy                                       a metric of the catalogue
 * p=precision(average=macro)                     with a parameter, reported as p
 * f=2*p*recall/(p+recall)                        of aliases of entries before it, and of metrics, which needn't be reported themselves
 * worst=min(recall(average=none))                least of the classes
 * </pre>
 *
 * <p>Formulas have numbers, {@code + - * / %} and {@code //} (both rounded down, as Python's), {@code ^} or {@code **} (binds
 * tighter than a sign and to the right), parentheses, {@code x[0]} for an element and {@code x.field} for a field, and the functions
 * {@code sqrt log exp abs min max sum mean}. They work number by number on values of several numbers; {@code min}, {@code max},
 * {@code sum} and {@code mean} of one argument make one number of it. Without an alias an entry has its text as its name, as
 * the user wrote it, less spaces.
 *
 * <p>Immutable, for any number of threads.
 */
public final class MetricSet {
    private final List<Entry> entries;
    private final MetricResults known;
    private final Map<String, Metric<?>> byState = new LinkedHashMap<>();

    MetricSet(List<Entry> entries) {
        this(entries, new MetricResults(Map.of(), Map.of()));
    }

    private MetricSet(List<Entry> entries, MetricResults known) {
        this.entries = List.copyOf(entries);
        this.known = known;
        entries.stream()
                .flatMap(entry -> entry.operands().stream())
                .map(Operand::metric)
                .filter(metric -> !known.names().contains(metric.name()))
                .forEach(metric -> byState.putIfAbsent(metric.stateName(), metric));
    }

    /**
     * This set, where it is known of some metrics what they come to, or why they can't be computed: they need no state, and entries
     * get that as it is.
     *
     * @param results by the metrics' own names: {@link Metric#name()}
     */
    public MetricSet knowing(MetricResults results) {
        return new MetricSet(entries, results);
    }

    /** As {@link #of(List)}. */
    public static MetricSet of(String... texts) {
        return of(List.of(texts));
    }

    /**
     * The metrics that texts ask for.
     *
     * @param texts entries; may be empty
     * @throws IllegalArgumentException if a text is no entry, names an unknown metric, or two have one name
     */
    public static MetricSet of(List<String> texts) {
        return of(Map.of(), texts);
    }

    /**
     * As {@link #of(List)}, with metrics of one's own that texts can name beside those of the catalogue.
     *
     * @param own by the names that texts use; each of letters, digits and {@code _}, a letter first
     * @param texts entries; may be empty
     */
    public static MetricSet of(Map<String, ? extends Metric<?>> own, List<String> texts) {
        return new MetricSet(new EntryReader(own, Map.of()).read(texts));
    }

    /**
     * As {@link #of(List)}, where the metrics that have some parameters are given them, unless their text gives others.
     *
     * @param texts entries; may be empty
     * @param parameters by name; no metric need have them
     */
    public static MetricSet with(List<String> texts, Map<String, String> parameters) {
        return new MetricSet(new EntryReader(Map.of(), parameters).read(texts));
    }

    /** Cuts a list of entries at those commas that are in no parentheses or brackets. */
    public static List<String> split(String texts) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < texts.length(); i++) {
            char c = texts.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (c == ',' && depth <= 0) {
                parts.add(texts.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(texts.substring(start).strip());
        return parts;
    }

    /** Names of the entries, in order. */
    public List<String> names() {
        return entries.stream().map(Entry::name).toList();
    }

    /**
     * What an entry is: the metric's own name with its parameters, or the formula.
     *
     * @param name of an entry
     */
    public String definition(String name) {
        return entry(name).definition();
    }

    /**
     * The kinds of the metrics that an entry is made of, without metrics of one's own.
     *
     * @param name of an entry
     */
    public List<MetricKind> kinds(String name) {
        return entry(name).operands().stream()
                .flatMap(operand -> operand.kind().stream())
                .toList();
    }

    /** Own names, parameters and all, of the metrics of a kind that entries are made of: {@link Metric#name()}. */
    public Set<String> metricNames(MetricKind kind) {
        Set<String> names = new LinkedHashSet<>();
        entries.stream()
                .flatMap(entry -> entry.operands().stream())
                .filter(operand -> operand.kind().equals(Optional.of(kind)))
                .forEach(operand -> names.add(operand.metric().name()));
        return names;
    }

    /** What batches must have. */
    public Set<MetricKind.Reads> reads() {
        Set<MetricKind.Reads> reads = new LinkedHashSet<>();
        names().forEach(name -> kinds(name).forEach(kind -> reads.addAll(kind.reads())));
        return reads;
    }

    private Entry entry(String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Invalid name of a metric: " + name + " (must be one of " + names() + ")"));
    }

    /** Names of the states, each once, in the order in which entries need them. */
    public List<String> stateNames() {
        return List.copyOf(byState.keySet());
    }

    /** New states that have seen no rows. */
    public MetricStates zero() {
        return new MetricStates(byState.values());
    }

    /**
     * States from {@link MetricStates#toBytes()}.
     *
     * @param states by their names; others may be among them
     * @throws IllegalArgumentException if one is missing, damaged, or of another metric
     */
    public MetricStates fromBytes(Map<String, byte[]> states) {
        MetricStates read = zero();
        read.restore(states);
        return read;
    }

    /** How states merge as bytes, by their names. */
    public Map<String, BinaryOperator<byte[]>> merges() {
        Map<String, BinaryOperator<byte[]>> merges = new LinkedHashMap<>();
        byState.forEach((name, metric) -> merges.put(name, merge(metric)));
        return merges;
    }

    private static <S> BinaryOperator<byte[]> merge(Metric<S> metric) {
        return (a, b) -> metric.toBytes(metric.merge(metric.fromBytes(a), metric.fromBytes(b)));
    }

    /** The values of all rows that the states have seen; an entry that these rows have no value for is NaN, with the reason. */
    public MetricResults compute(MetricStates states) {
        Operands operands = new Operands(states, known);
        Map<String, MetricValue> values = new LinkedHashMap<>();
        Map<String, String> problems = new LinkedHashMap<>();
        for (Entry entry : entries) {
            try {
                values.put(entry.name(), entry.expression().value(operands));
            } catch (NotComputableException e) {
                values.put(entry.name(), MetricValue.of(Double.NaN));
                problems.put(entry.name(), e.getMessage());
            }
        }
        return new MetricResults(values, problems);
    }

    @Override
    public String toString() {
        return "MetricSet" + names();
    }
}
