package io.firesteel.engine.train;

import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.OptimizerSpec;
import java.io.Serializable;
import java.util.List;

/**
 * What {@link StepBenchmark} trains, and how long. All replicas get the same.
 *
 * @param model the network
 * @param inputShape shape of a row's float32 input, without the batch axis
 * @param classes how many classes the rows have: the model's outputs, at least 2
 * @param batch rows per step of each replica, at least 1
 * @param optimizer how weights are updated
 * @param steps steps in a block, at least 2: the first one after a change of loops isn't counted
 * @param blocks counted blocks of each arrangement, at least 1
 * @param warmUpBlocks blocks before them that aren't counted, &gt;= 0
 */
public record StepWorkload(
        ModelSpec model,
        List<Integer> inputShape,
        int classes,
        int batch,
        OptimizerSpec optimizer,
        int steps,
        int blocks,
        int warmUpBlocks)
        implements Serializable {
    private static final long SEED = 42;

    public StepWorkload {
        inputShape = List.copyOf(inputShape);
        atLeast("classes", classes, 2);
        atLeast("batch", batch, 1);
        atLeast("steps", steps, 2);
        atLeast("blocks", blocks, 1);
        atLeast("warmUpBlocks", warmUpBlocks, 0);
    }

    private static void atLeast(String name, int value, int min) {
        if (value < min) {
            throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be >= " + min + ")");
        }
    }

    /** Rows that a replica holds: one epoch over them is a block. */
    int rows() {
        return Math.multiplyExact(steps, batch);
    }

    int allBlocks() {
        return Math.addExact(warmUpBlocks, blocks);
    }

    TensorSpec input() {
        return new TensorSpec("x", ElementType.FLOAT32, inputShape);
    }

    TensorSpec label() {
        return new TensorSpec("class", ElementType.INT64, List.of());
    }

    RowLayout layout() {
        return new RowLayout(List.of(input()), label(), false);
    }

    /** The training that a job file would ask for, with loss and accuracy measured. */
    TrainingSpec training(int replicas, int epochs) {
        return new TrainingSpec(
                layout(),
                model,
                LossFunction.CROSS_ENTROPY,
                Optimization.of(optimizer),
                List.of("loss", "accuracy"),
                epochs,
                Math.multiplyExact(batch, replicas),
                SEED,
                CheckpointPolicy.NEVER,
                List.of());
    }
}
