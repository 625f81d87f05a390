package io.firesteel.spark.coordinator;

import java.io.Serializable;
import java.util.List;

/**
 * What all replicas have sent for one exchange.
 *
 * @param values by rank
 */
record Exchanged(List<byte[]> values) implements Serializable {
    Exchanged {
        values = List.copyOf(values);
    }
}
