package io.firesteel.spark.bench;

import io.firesteel.engine.train.StepArrangement;
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

    double mean(ToDoubleFunction<StepTimes> part) {
        return ranks.stream().mapToDouble(part).average().orElseThrow();
    }

    double step() {
        return mean(StepTimes::step);
    }

    double optimizer() {
        return mean(StepTimes::optimizer);
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
