package io.firesteel.spark.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.Torch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The least that predicting can be: DJL's calls alone, over batches that lie ready in direct memory and are used in turn, the outputs
 * read into an array. There is one for each process and batch size, kept from run to run, all over the same rows.
 */
final class BarePrediction {
    /** 206 MB of rows of 784: more than any cache holds. */
    static final int ROWS = 64 * 1024;

    private static final Map<Integer, BarePrediction> OF_BATCH_SIZES = new ConcurrentHashMap<>();

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final ParameterStore store = new ParameterStore(manager, false);
    private final Block block;
    private final Shape shape;
    private final List<ByteBuffer> batches = new ArrayList<>();

    /** Made when a task first asks for them. */
    private static final class Holder {
        static final ByteBuffer ROWS = rows(PredictionBenchmark.INPUT);
    }

    private BarePrediction(ModelSpec model, TensorSpec input, TensorSpec label, int batch) {
        this.block = model.block(List.of(input), label);
        block.initialize(manager, DataType.FLOAT32, new Shape(1, input.elements()));
        this.shape = new Shape(batch, input.elements());
        int bytes = Math.multiplyExact(batch, input.bytes());
        for (int from = 0; from + bytes <= Holder.ROWS.capacity(); from += bytes) {
            batches.add(Holder.ROWS.slice(from, bytes).order(ByteOrder.nativeOrder()));
        }
    }

    private static ByteBuffer rows(TensorSpec input) {
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer values = ByteBuffer.allocateDirect(ROWS * input.bytes()).order(ByteOrder.nativeOrder());
        for (int at = 0; at < values.capacity(); at += Float.BYTES) {
            values.putFloat(at, (float) random.nextDouble());
        }
        return values;
    }

    /**
     * The process's.
     *
     * @param batch rows of a batch, at most 65,536
     */
    static BarePrediction shared(int batch) {
        Torch.start(1);
        return OF_BATCH_SIZES.computeIfAbsent(
                batch,
                size -> new BarePrediction(
                        PredictionBenchmark.MODEL, PredictionBenchmark.INPUT, PredictionBenchmark.LABEL, size));
    }

    /** Predicts so many batches; the sum of the first outputs, so that none is left out. */
    double run(long count) {
        double sum = 0;
        Torch.recordGradients(false);
        try {
            for (long i = 0; i < count; i++) {
                try (NDManager scope = manager.newSubManager()) {
                    ByteBuffer values = batches.get((int) (i % batches.size()));
                    NDArray inputs =
                            scope.create(values.duplicate().order(ByteOrder.nativeOrder()), shape, DataType.FLOAT32);
                    sum += block.forward(store, new NDList(inputs), false)
                            .get(0)
                            .toFloatArray()[0];
                }
            }
        } finally {
            Torch.recordGradients(true);
        }
        return sum;
    }
}
