package io.firesteel.engine.optim;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The walk over the flat buffers that all optimizers share. The JIT compiler vectorises plain loops over arrays but not
 * over direct buffers, so each chunk is copied to arrays that stay in the processor's first cache, updated there by a
 * few short loops, and copied back: main memory is read and written once per step.
 */
abstract class ChunkedOptimizer implements Optimizer {
    /** Floats per chunk: two chunks of 16 KiB, and as much of each slot. */
    static final int CHUNK = 4096;

    private final int parameters;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final float[] weightChunk;
    private final float[] gradientChunk;
    private double learningRate;
    private long steps;

    ChunkedOptimizer(int parameters, double learningRate) {
        if (parameters < 0) {
            throw new IllegalArgumentException("Invalid parameters: " + parameters + " (must be >= 0)");
        }
        this.parameters = parameters;
        this.learningRate = learningRate;
        weightChunk = new float[Math.min(CHUNK, parameters)];
        gradientChunk = new float[weightChunk.length];
    }

    /** Adds a slot of zeros to the state; for constructors. */
    final Slot slot(String name) {
        Slot slot = new Slot(parameters, CHUNK);
        slots.put(name, slot);
        return slot;
    }

    /** Computes what is the same for all chunks of the step that begins, the 1-based {@code step}. */
    abstract void begin(long step);

    /**
     * Updates one chunk.
     *
     * @param weights the chunk's weights, to be overwritten
     * @param gradients the chunk's gradients, already scaled; scratch space
     * @param chunk index of the chunk in the slots
     * @param size elements in this chunk
     */
    abstract void update(float[] weights, float[] gradients, int chunk, int size);

    @Override
    public final int parameters() {
        return parameters;
    }

    @Override
    public final double learningRate() {
        return learningRate;
    }

    @Override
    public final void learningRate(double newLearningRate) {
        learningRate = Hyperparameter.notNegative("learningRate", newLearningRate);
    }

    @Override
    public final long steps() {
        return steps;
    }

    @Override
    public final void step(FloatBuffer weights, FloatBuffer gradients, float gradientScale) {
        checkSize("weights", weights);
        checkSize("gradients", gradients);
        Hyperparameter.notNegative("gradientScale", gradientScale);
        begin(steps + 1);
        for (int chunk = 0; chunk * (long) CHUNK < parameters; chunk++) {
            stepChunk(chunk, weights, gradients, gradientScale);
        }
        steps++;
    }

    private void stepChunk(int chunk, FloatBuffer weights, FloatBuffer gradients, float gradientScale) {
        int start = chunk * CHUNK;
        int size = Math.min(CHUNK, parameters - start);
        weights.get(weights.position() + start, weightChunk, 0, size);
        gradients.get(gradients.position() + start, gradientChunk, 0, size);
        scale(gradientChunk, gradientScale, size);
        update(weightChunk, gradientChunk, chunk, size);
        weights.put(weights.position() + start, weightChunk, 0, size);
    }

    private void checkSize(String what, FloatBuffer buffer) {
        if (buffer.remaining() != parameters) {
            throw new IllegalArgumentException("Cannot step optimizer: " + what + " have another size ("
                    + buffer.remaining() + ", expected " + parameters + ")");
        }
    }

    /** {@code values *= factor}. */
    static void scale(float[] values, float factor, int size) {
        for (int i = 0; i < size; i++) {
            values[i] *= factor;
        }
    }

    /** {@code values += factor * addends}. */
    static void add(float[] values, float factor, float[] addends, int size) {
        for (int i = 0; i < size; i++) {
            values[i] += factor * addends[i];
        }
    }

    @Override
    public final OptimizerState state() {
        Map<String, float[]> copies = new LinkedHashMap<>();
        slots.forEach((name, slot) -> copies.put(name, slot.toArray()));
        return new OptimizerState(steps, copies);
    }

    @Override
    public final void restore(OptimizerState state) {
        if (!state.slots().keySet().equals(slots.keySet())) {
            throw new IllegalArgumentException("Cannot restore optimizer: state has other slots ("
                    + state.slots().keySet() + ", expected " + slots.keySet()
                    + "); use the optimizer that the state was saved by");
        }
        state.slots().forEach(this::checkLength);
        slots.forEach((name, slot) -> slot.set(state.slots().get(name)));
        steps = state.steps();
    }

    private void checkLength(String name, float[] values) {
        if (values.length != parameters) {
            throw new IllegalArgumentException("Cannot restore optimizer: slot " + name + " has another size ("
                    + values.length + ", expected " + parameters + "); use the model that the state was saved with");
        }
    }
}
