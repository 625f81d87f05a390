package io.firesteel.engine.metric;

import java.util.function.UnaryOperator;

/**
 * What is to be known about a model and its data, mostly one number, computed from states that can be merged. A metric itself holds no state, so
 * one instance serves any number of ranks and threads; a state belongs to one thread at a time.
 *
 * <p>With {@code zero} and {@code merge} the states are a monoid: zero is the identity on both sides, merging is
 * associative and commutative (sums of doubles to 1e-12 relative, all else exactly), and however rows are split into
 * batches and ranks, the merged state is that of all rows. Sums of doubles have the same bits if the same states are
 * merged in the same order. The words are those of TorchEval, Spark's {@code Aggregator} and PyTorch Ignite: {@code
 * zero} is reset, {@code merge} is merge_state.
 *
 * @param <S> the state, mutable and made of primitives
 */
public interface Metric<S> {
    /** The name in job files and reports, with the parameters that aren't at their defaults: {@code precision(average=micro)}. */
    String name();

    /**
     * The name of the state. Metrics that have it in common read one state, which is updated, sent and merged once: precision
     * and recall of one confusion matrix. It is {@link #name()} unless a metric says otherwise; 1 to 127 characters of ASCII.
     */
    default String stateName() {
        return name();
    }

    /** A new state that has seen no rows. */
    S zero();

    /**
     * Adds a batch's rows to a state. An empty batch changes nothing.
     *
     * @param state changed; of no more use if this throws
     * @param input read during the call only
     * @throws IllegalStateException if the batch lacks what this metric reads
     * @throws IllegalArgumentException if a label is out of range or shapes don't fit
     */
    void update(S state, MetricInput input);

    /** A new state that has seen the rows of both; {@code left} and {@code right} stay as they are. */
    S merge(S left, S right);

    /**
     * The metric of all rows that the state has seen; doesn't change the state.
     *
     * @throws NotComputableException if there were no rows, all had weight 0, or these rows have no such value
     */
    MetricValue compute(S state);

    /** The state as bytes with a format version and a checksum, equal on every machine. */
    byte[] toBytes(S state);

    /**
     * The state that {@link #toBytes} has written.
     *
     * @throws IllegalArgumentException if the bytes are damaged, of another metric or of another format version
     */
    S fromBytes(byte[] bytes);

    /**
     * This metric of batches that are changed on their way: other predictions, only some columns, labels of a coarser kind. What
     * Ignite calls an output transform.
     *
     * @param newName of the metric and of its state
     * @param transform makes the batch that this metric gets; may give back the one that it gets, or one of its own
     */
    default Metric<S> mapped(String newName, UnaryOperator<MetricInput> transform) {
        return new MappedMetric<>(this, newName, transform);
    }

    /**
     * This metric of those rows that meet a condition: of one class, of one customer, of long texts.
     *
     * @param newName of the metric and of its state
     * @param rows asked once for each row; a batch without such a row changes nothing
     */
    default Metric<S> filtered(String newName, RowPredicate rows) {
        return mapped(newName, new RowFilter(rows));
    }
}
