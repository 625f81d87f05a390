package io.firesteel.spark.bench;

import java.util.function.Consumer;

/** Something that can be measured on several ranks. */
public interface Benchmark {
    /** The name on the command line and in the report. */
    String name();

    /** How many ranks it needs, at least 1. */
    int replicas();

    /**
     * Measures.
     *
     * @param ranks as many as it needs
     * @param progress told what has been measured so far, line by line
     */
    BenchReport run(Ranks ranks, Consumer<String> progress);
}
