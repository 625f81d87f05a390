package io.firesteel.spark.bench;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What one rank has measured of an all-reduce: the nanoseconds of every round of every size. */
final class AllReduceTimes implements Serializable {
    private final String process;
    private final List<long[]> nanos = new ArrayList<>();

    /** @param process where it ran */
    AllReduceTimes(String process) {
        this.process = process;
    }

    String process() {
        return process;
    }

    void add(long[] rounds) {
        nanos.add(rounds.clone());
    }

    int rounds(int size) {
        return nanos.get(size).length;
    }

    long nanos(int size, int round) {
        return nanos.get(size)[round];
    }
}
