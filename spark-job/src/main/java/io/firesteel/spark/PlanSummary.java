package io.firesteel.spark;

import io.firesteel.engine.data.TensorSpec;
import java.util.List;
import java.util.Map;

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
 * @param iterationsPerEpoch steps of an epoch
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
        int epochs,
        Map<String, Long> memory) {
    public PlanSummary {
        inputs = List.copyOf(inputs);
    }

    static PlanSummary of(RunPlan plan) {
        RowCounts rows = RowCounts.of(plan);
        long batch = plan.training().batchSize();
        return new PlanSummary(
                plan.job().name(),
                rows.training(),
                rows.validation(),
                plan.assignment().shards(),
                plan.assignment().replicas(),
                plan.training().layout().inputs(),
                plan.parameters(),
                (rows.training() + batch - 1) / batch,
                plan.training().epochs(),
                MemoryEstimate.of(plan, rows.training() + rows.validation()));
    }
}
