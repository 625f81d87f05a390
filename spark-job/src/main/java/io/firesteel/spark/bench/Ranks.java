package io.firesteel.spark.bench;

import io.firesteel.spark.barrier.RankBody;
import java.util.List;

/** Where a benchmark runs: a fixed number of ranks, each a barrier task. */
public interface Ranks {
    /** Runs a body on all ranks at once and waits for them; the results are by rank. */
    <R> List<R> run(RankBody<R> body, Class<R> type);
}
