package io.firesteel.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.model.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * Cross entropy of few classes on a CPU: losses and their derivative w · (softmax - 1 of the label's class) by a loop over the
 * logits, which metrics need in Java anyway. libtorch is handed the derivative with respect to the logits, instead of making arrays of
 * a few numbers each for the logarithms, their choice, its sign and its sum, and of each one's derivative.
 */
final class ClassLoss implements BatchLoss {
    private static final int ALIGNMENT = 64;

    private final Network network;
    private final int classes;
    private final NDManager owner;
    private Batch batch;
    private NDArray predictions;
    private float[] logits = {};
    private float[] probabilities = {};
    private float[] losses = {};
    private ByteBuffer derivative = direct(0);
    /** Lies over the first rows of the derivative, and is made anew where a batch has another number of them; null before. */
    private NDArray derivativeArray;

    ClassLoss(Network network) {
        this.network = network;
        this.classes = network.outputs();
        this.owner = network.newScope();
    }

    @Override
    public void compute(NDManager scope, Batch newBatch, NDArray newPredictions, NDArray labels) {
        batch = newBatch;
        predictions = newPredictions;
        int rows = batch.rows();
        grow(rows);
        predictions.toByteBuffer(true).asFloatBuffer().get(logits, 0, rows * classes);
        Softmax.write(logits, batch.longLabels(), probabilities, losses, rows, classes);
    }

    private void grow(int rows) {
        if (losses.length < rows) {
            losses = new float[rows];
            logits = new float[rows * classes];
            probabilities = new float[rows * classes];
            derivative = direct(rows * classes * Float.BYTES);
            closeArray();
        }
    }

    private void closeArray() {
        if (derivativeArray != null) {
            derivativeArray.close();
            derivativeArray = null;
        }
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes + 2 * ALIGNMENT)
                .alignedSlice(ALIGNMENT)
                .order(ByteOrder.nativeOrder());
    }

    @Override
    public double weightedSum() {
        FloatBuffer weights = batch.weighted() ? batch.floatWeights() : null;
        double sum = 0;
        for (int row = 0; row < batch.rows(); row++) {
            sum += weights == null ? losses[row] : (double) losses[row] * weights.get(row);
        }
        return sum;
    }

    @Override
    public void backward() {
        writeDerivative();
        network.backward(predictions, derivativeArray(batch.rows()));
    }

    private NDArray derivativeArray(int rows) {
        if (derivativeArray == null || derivativeArray.getShape().get(0) != rows) {
            closeArray();
            int bytes = rows * classes * Float.BYTES;
            derivativeArray = owner.create(
                    derivative.slice(0, bytes).order(ByteOrder.nativeOrder()),
                    new Shape(rows, classes),
                    DataType.FLOAT32);
        }
        return derivativeArray;
    }

    private void writeDerivative() {
        LongBuffer labels = batch.longLabels();
        FloatBuffer weights = batch.weighted() ? batch.floatWeights() : null;
        int rows = batch.rows();
        for (int row = 0; row < rows; row++) {
            probabilities[row * classes + (int) labels.get(row)] -= 1;
            if (weights != null) {
                scale(row, weights.get(row));
            }
        }
        derivative.asFloatBuffer().put(0, probabilities, 0, rows * classes);
    }

    private void scale(int row, float weight) {
        for (int i = row * classes; i < (row + 1) * classes; i++) {
            probabilities[i] *= weight;
        }
    }

    @Override
    public void describe(MetricInput input) {
        int rows = batch.rows();
        input.predictions(FloatBuffer.wrap(logits, 0, rows * classes), classes)
                .losses(FloatBuffer.wrap(losses, 0, rows));
    }
}
