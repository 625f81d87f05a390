package io.firesteel.engine.metric;

/**
 * What a metric must know of the rows that it has seen: Java primitives, mutable, of one thread at a time.
 *
 * @param <S> the state itself
 */
public interface MetricState<S extends MetricState<S>> {
    /** A new state that has seen the rows of both; both stay as they are. */
    S plus(S other);

    /** The rows seen, whatever their weight. */
    long rows();

    /** Writes all that {@link StateMetric#read} needs to make an equal state. */
    void write(StateOutput output);
}
