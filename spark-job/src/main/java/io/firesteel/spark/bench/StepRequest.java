package io.firesteel.spark.bench;

import io.firesteel.engine.optim.OptimizerSpec;
import io.firesteel.engine.train.StepWorkload;
import java.util.List;

/**
 * Which training steps to measure.
 *
 * @param replicas at least 1
 * @param models at least one
 * @param batches rows per step of each replica, at least one, each &gt; 0
 * @param optimizerName how reports call the optimizer
 * @param optimizer how weights are updated
 * @param fixedSteps steps of each arrangement that count, at least 2; 0 for as many as suit model and batch
 */
public record StepRequest(
        int replicas,
        List<StepModel> models,
        List<Integer> batches,
        String optimizerName,
        OptimizerSpec optimizer,
        int fixedSteps) {
    private static final int MOST_BLOCKS = 10;
    private static final int WARM_UP_BLOCKS = 2;
    private static final int WARM_UP_BATCH = 8;
    private static final int MIN_STEPS_OF_BLOCK = 4;

    /** About 80 MB of rows on each replica's heap. */
    private static final int MOST_ROWS_OF_BLOCK = 24 << 10;

    public StepRequest {
        models = List.copyOf(models);
        batches = List.copyOf(batches);
        if (replicas < 1) {
            throw new IllegalArgumentException("Invalid replicas: " + replicas + " (must be >= 1)");
        }
        if (models.isEmpty() || batches.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid models and batches: " + models + " and " + batches + " (must be at least one of each)");
        }
        for (int batch : batches) {
            if (batch < 1 || batch > MOST_ROWS_OF_BLOCK / 2) {
                throw new IllegalArgumentException(
                        "Invalid batch: " + batch + " (must be in [1, " + MOST_ROWS_OF_BLOCK / 2 + "])");
            }
        }
        if (fixedSteps < 0 || fixedSteps == 1) {
            throw new IllegalArgumentException("Invalid steps: " + fixedSteps + " (must be >= 2)");
        }
    }

    /**
     * Steps of few rows that run before those that count: the JIT compiler works on a processor that replicas train on, and holds
     * up those that wait for each other more than the others. No more of them than count.
     */
    StepWorkload warmUp(StepModel model) {
        int steps = fixedSteps > 0 ? Math.min(fixedSteps, model.warmUpSteps()) : model.warmUpSteps();
        return new StepWorkload(
                model.spec(), model.inputShape(), StepModel.CLASSES, WARM_UP_BATCH, optimizer, steps, 1, 0);
    }

    /** Steps are cut into blocks, so that arrangements take turns: ten of them, or more where rows would take too much memory. */
    StepWorkload workload(StepModel model, int batch) {
        int steps = fixedSteps > 0 ? fixedSteps : model.steps(batch);
        int wanted = Math.max(MIN_STEPS_OF_BLOCK, (steps + MOST_BLOCKS - 1) / MOST_BLOCKS);
        int ofBlock = Math.max(2, Math.min(Math.min(wanted, steps), MOST_ROWS_OF_BLOCK / batch));
        int blocks = (steps + ofBlock - 1) / ofBlock;
        return new StepWorkload(
                model.spec(), model.inputShape(), StepModel.CLASSES, batch, optimizer, ofBlock, blocks, WARM_UP_BLOCKS);
    }
}
