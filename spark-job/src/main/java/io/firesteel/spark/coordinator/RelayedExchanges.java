package io.firesteel.spark.coordinator;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The exchanges that go through the driver, where executors can't reach each other. A rank sends its part of an exchange only
 * after it has got all of the one before, so two are kept at most.
 */
final class RelayedExchanges {
    private final int replicas;
    private final TreeMap<Long, byte[][]> open = new TreeMap<>();

    RelayedExchanges(int replicas) {
        this.replicas = replicas;
    }

    /** Takes in a rank's part; a second time changes nothing. */
    void add(long number, int rank, byte[] value) {
        byte[][] values = open.computeIfAbsent(number, key -> new byte[replicas][]);
        if (values[rank] == null) {
            values[rank] = value;
        }
        if (present(number).size() == replicas) {
            open.headMap(number).clear();
        }
    }

    /** All parts, once they are here. */
    Optional<List<byte[]>> complete(long number) {
        return present(number).size() == replicas ? Optional.of(Arrays.asList(open.get(number))) : Optional.empty();
    }

    /** Ranks whose part is here. */
    Set<Integer> present(long number) {
        Set<Integer> present = new HashSet<>();
        byte[][] values = open.getOrDefault(number, new byte[replicas][]);
        for (int rank = 0; rank < replicas; rank++) {
            if (values[rank] != null) {
                present.add(rank);
            }
        }
        return present;
    }

    /** Forgets everything. */
    void clear() {
        open.clear();
    }

    /** How many exchanges are kept. */
    int kept() {
        return open.size();
    }
}
