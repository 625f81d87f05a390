package io.firesteel.spark.coordinator;

import java.io.Serializable;
import java.util.List;

/**
 * The coordinator's answer while replicas are missing.
 *
 * @param missing who, by rank and as far as known by host
 */
record Pending(List<String> missing) implements Serializable {
    Pending {
        missing = List.copyOf(missing);
    }
}
