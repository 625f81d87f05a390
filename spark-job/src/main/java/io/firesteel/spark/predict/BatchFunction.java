package io.firesteel.spark.predict;

import java.io.Serializable;
import java.util.Iterator;

/**
 * What is done with the scored rows of a partition, on an executor.
 *
 * @param <T> what it gives, serializable
 */
@FunctionalInterface
public interface BatchFunction<T> extends Serializable {
    /**
     * Looks at all batches.
     *
     * @param batches in the order of the rows, each of at least one; one is valid until the next is asked for
     */
    T apply(Iterator<ScoredBatch> batches);
}
