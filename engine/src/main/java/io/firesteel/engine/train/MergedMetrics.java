package io.firesteel.engine.train;

import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.metric.Metric;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * The states of all shards, merged: the ledger of the rows that they saw, and the value of each metric.
 *
 * @param ledger the rows
 * @param values by the metrics' names; of a metric of several numbers, by the names of its parts
 */
record MergedMetrics(Ledger ledger, Map<String, Double> values) {
    /** The ledger's name among the states. */
    static final String LEDGER = "ledger";

    static MergedMetrics of(List<Metric<?>> metrics, Map<String, byte[]> states) {
        Map<String, Double> values = new LinkedHashMap<>();
        metrics.forEach(metric -> values.putAll(compute(metric, states.get(metric.name()))));
        return new MergedMetrics(fromBytes(states.get(LEDGER)), values);
    }

    /** How states of each name merge. */
    static Map<String, BinaryOperator<byte[]>> merges(List<Metric<?>> metrics) {
        Map<String, BinaryOperator<byte[]>> merges = new LinkedHashMap<>();
        merges.put(LEDGER, (a, b) -> toBytes(fromBytes(a).merge(fromBytes(b))));
        metrics.forEach(metric -> merges.put(metric.name(), merge(metric)));
        return merges;
    }

    static byte[] toBytes(Ledger ledger) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(ledger.rows())
                .putLong(ledger.hash())
                .array();
    }

    static Ledger fromBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Ledger(buffer.getLong(), buffer.getLong());
    }

    private static <S> Map<String, Double> compute(Metric<S> metric, byte[] state) {
        return metric.compute(metric.fromBytes(state)).flatten(metric.name());
    }

    private static <S> BinaryOperator<byte[]> merge(Metric<S> metric) {
        return (a, b) -> metric.toBytes(metric.merge(metric.fromBytes(a), metric.fromBytes(b)));
    }
}
