package io.firesteel.engine.train;

import io.firesteel.engine.data.Ledger;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.set.MetricResults;
import io.firesteel.engine.metric.set.MetricSet;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * The states of all shards, merged: the ledger of the rows that they saw, and the value of each metric.
 *
 * @param ledger the rows
 * @param values by the metrics' names; of a metric of several numbers, by the names of its parts; NaN where there is none
 * @param problems why not, by the metrics' names
 */
record MergedMetrics(Ledger ledger, Map<String, Double> values, Map<String, String> problems) {
    /** The ledger's name among the states. */
    static final String LEDGER = "ledger";

    private static final String LOSS = "loss";

    /**
     * Computes the metrics.
     *
     * @throws NotComputableException if the loss can't be computed, without which there is no training; other metrics are NaN then
     */
    static MergedMetrics of(MetricSet metrics, Map<String, byte[]> states) {
        MetricResults results = metrics.compute(metrics.fromBytes(states));
        results.problems().forEach((name, problem) -> {
            if (metrics.definition(name).equals(LOSS)) {
                throw new NotComputableException(problem);
            }
        });
        return new MergedMetrics(fromBytes(states.get(LEDGER)), results.flatten(), results.problems());
    }

    /**
     * Writes the values beside others. Those of the metrics' last values that aren't there any more go: where a value of several
     * numbers has become NaN, or the other way round.
     *
     * @param prefix of the names, such as {@code validation.}
     */
    void writeTo(Map<String, Double> target, String prefix, MetricSet metrics) {
        target.keySet().removeIf(key -> metrics.names().stream().anyMatch(name -> isOf(key, prefix + name)));
        values.forEach((name, value) -> target.put(prefix + name, value));
    }

    private static boolean isOf(String key, String name) {
        return key.startsWith(name)
                && (key.length() == name.length()
                        || key.startsWith("[", name.length())
                        || key.startsWith(".", name.length()));
    }

    /** How states of each name merge. */
    static Map<String, BinaryOperator<byte[]>> merges(MetricSet metrics) {
        Map<String, BinaryOperator<byte[]>> merges = new LinkedHashMap<>();
        merges.put(LEDGER, (a, b) -> toBytes(fromBytes(a).merge(fromBytes(b))));
        merges.putAll(metrics.merges());
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
}
