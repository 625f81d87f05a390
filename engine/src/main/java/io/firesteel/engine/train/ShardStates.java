package io.firesteel.engine.train;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one shard has gathered for a merge: the bytes of each mergeable state, by name.
 *
 * @param shard the shard's number; states merge in this order, so that any number of replicas gives the same bits
 * @param states versioned bytes by name; not copied, not to be changed
 */
public record ShardStates(int shard, Map<String, byte[]> states) implements Serializable {
    public ShardStates {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }
}
