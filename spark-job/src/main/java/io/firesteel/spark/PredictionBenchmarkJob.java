package io.firesteel.spark;

import io.firesteel.spark.bench.BenchReport;
import io.firesteel.spark.bench.PredictionBenchmark;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures predictions on executors. */
public final class PredictionBenchmarkJob {
    private PredictionBenchmarkJob() {}

    /**
     * Measures.
     *
     * @param master Spark's; empty for the one that is set
     * @param progress told what has been measured so far, line by line
     * @throws RunException if Spark can't be started, or has fewer slots than the benchmark needs
     */
    public static BenchReport run(PredictionBenchmark benchmark, Optional<String> master, Consumer<String> progress) {
        return SparkSessions.with("bench predict", master, spark -> {
            int slots = new ClusterSlots(spark.sparkContext()).await(benchmark.replicas());
            if (slots < benchmark.replicas()) {
                throw new RunException(
                        RunException.Fault.JOB,
                        "Cannot measure " + benchmark.replicas() + " replicas: "
                                + spark.sparkContext().master() + " has " + slots + " slots (expected at least "
                                + benchmark.replicas() + "; lower --replicas, or give Spark more executor cores)");
            }
            return benchmark.run(spark, progress);
        });
    }
}
