package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of queries: sums over those that came as one row each, and the items of those whose rows may lie anywhere. The
 * latter grow with the rows, 16 bytes each.
 */
final class Queries implements MetricState<Queries> {
    private double sum;
    private double weight;
    private long rows;
    private final Map<String, Query> items = new TreeMap<>();

    /** Adds a query of one row. */
    void add(double value, double queryWeight) {
        sum += queryWeight * value;
        weight += queryWeight;
    }

    /** A query of several rows. */
    Query query(String name) {
        return items.computeIfAbsent(name, key -> new Query());
    }

    void count(int newRows) {
        rows += newRows;
    }

    double sum() {
        return sum;
    }

    double weight() {
        return weight;
    }

    /** The queries of one row alone. */
    Queries sums() {
        Queries sums = new Queries();
        sums.sum = sum;
        sums.weight = weight;
        return sums;
    }

    /** In the order of their names. */
    Map<String, Query> items() {
        return items;
    }

    @Override
    public Queries plus(Queries other) {
        Queries merged = new Queries();
        merged.sum = sum + other.sum;
        merged.weight = weight + other.weight;
        merged.rows = Math.addExact(rows, other.rows);
        items.forEach((name, query) -> merged.items.put(name, query.plus(new Query())));
        other.items.forEach(
                (name, query) -> merged.items.put(name, merged.query(name).plus(query)));
        return merged;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void write(StateOutput output) {
        output.writeDouble(sum);
        output.writeDouble(weight);
        output.writeLong(rows);
        output.writeInt(items.size());
        items.forEach((name, query) -> {
            output.writeText(name);
            query.write(output);
        });
    }

    static Queries read(StateInput input) {
        Queries read = new Queries();
        read.sum = input.readDouble();
        read.weight = input.readDouble();
        read.rows = input.readLong();
        int count = input.readCount(Integer.BYTES);
        for (int i = 0; i < count; i++) {
            read.items.put(input.readText(), Query.read(input));
        }
        return read;
    }
}
