package io.firesteel.spark.bench;

import io.firesteel.engine.train.StepArrangement;
import io.firesteel.engine.train.StepPhases;
import io.firesteel.engine.train.StepTimes;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The figures of one arrangement over the ranks that took part in it: times are the mean of the ranks, speeds their sum. */
final class StepFigures {
    private final List<StepTimes> ranks;

    private StepFigures(List<StepTimes> ranks) {
        this.ranks = ranks;
    }

    /** Empty if the arrangement didn't run. */
    static Optional<StepFigures> find(List<StepResult> results, StepArrangement arrangement) {
        List<StepTimes> ranks = results.stream()
                .map(result -> result.times().get(arrangement))
                .filter(times -> times != null)
                .toList();
        return ranks.isEmpty() ? Optional.empty() : Optional.of(new StepFigures(ranks));
    }

    int replicas() {
        return ranks.size();
    }

    /** Of the typical step: the mean over the ranks. */
    double typical(ToDoubleFunction<StepPhases> part) {
        return mean(times -> part.applyAsDouble(times.typical()));
    }

    /** Of the quickest steps: the mean over the ranks. */
    double quickest(ToDoubleFunction<StepPhases> part) {
        return mean(times -> part.applyAsDouble(times.quickest()));
    }

    private double mean(ToDoubleFunction<StepTimes> figure) {
        return ranks.stream().mapToDouble(figure).average().orElseThrow();
    }

    /** Rows of all ranks: the median over the blocks. */
    double samplesPerSecond() {
        int blocks = ranks.get(0).rowsPerSecond().size();
        return new Statistics(IntStream.range(0, blocks)
                        .mapToDouble(block -> ranks.stream()
                                .mapToDouble(rank -> rank.rowsPerSecond().get(block))
                                .sum())
                        .toArray())
                .median();
    }
}
