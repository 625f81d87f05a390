package io.firesteel.spark.coordinator;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The states of all shards, merged: the same bytes for every replica. */
record MergedStates(Map<String, byte[]> states) implements Serializable {
    MergedStates {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }
}
