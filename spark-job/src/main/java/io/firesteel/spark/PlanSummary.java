package io.firesteel.spark;

import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.train.Batching;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/**
 * What {@code --dry-run} shows.
 *
 * @param name of the job
 * @param trainingRows rows to train with
 * @param validationRows rows to validate with
 * @param shards logical shards
 * @param replicas barrier tasks
 * @param inputs the model's inputs
 * @param parameters values that the model learns
 * @param iterationsPerEpoch of the first epoch
 * @param lastIterations of the last epoch: fewer where batches grow
 * @param iterations of all epochs
 * @param accumulate iterations of a step
 * @param epochs passes
 * @param memory bytes that each replica needs, by purpose
 */
public record PlanSummary(
        String name,
        long trainingRows,
        long validationRows,
        int shards,
        int replicas,
        List<TensorSpec> inputs,
        long parameters,
        long iterationsPerEpoch,
        long lastIterations,
        long iterations,
        int accumulate,
        int epochs,
        Map<String, Long> memory) {
    public PlanSummary {
        inputs = List.copyOf(inputs);
    }

    static PlanSummary of(RunPlan plan) {
        RowCounts rows = RowCounts.of(plan);
        Batching batching = plan.training().batching();
        int epochs = plan.training().epochs();
        LongUnaryOperator iterations = epoch -> iterations(rows.training(), batching, epoch);
        return new PlanSummary(
                plan.job().name(),
                rows.training(),
                rows.validation(),
                plan.assignment().shards(),
                plan.assignment().replicas(),
                plan.training().layout().inputs(),
                plan.parameters(),
                iterations.applyAsLong(1),
                iterations.applyAsLong(epochs),
                LongStream.rangeClosed(1, epochs).map(iterations).sum(),
                batching.accumulate(),
                epochs,
                MemoryEstimate.of(plan, rows.training() + rows.validation()));
    }

    private static long iterations(long rows, Batching batching, long epoch) {
        int size = batching.size(epoch);
        return (rows + size - 1) / size;
    }
}
