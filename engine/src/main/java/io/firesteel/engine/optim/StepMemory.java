package io.firesteel.engine.optim;

import io.firesteel.engine.kernel.DirectView;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * The weights and gradients of the step at hand. Vector loops work in them as they stand; the others on copies of a block, as
 * the JIT compiler vectorises loops over arrays and not over buffers.
 */
final class StepMemory {
    private final float[] weightChunk;
    private final float[] gradientChunk;
    private FloatBuffer weights;
    private FloatBuffer gradients;
    private ByteBuffer weightView;
    private ByteBuffer gradientView;
    private float scale;
    private float limit;

    StepMemory(int elements) {
        weightChunk = new float[Math.min(Block.FLOATS, elements)];
        gradientChunk = new float[weightChunk.length];
    }

    /**
     * Takes the buffers of a step, from position to limit.
     *
     * @param withViews whether to show them to vector loops, which only direct and native ones can be
     */
    void begin(FloatBuffer stepWeights, FloatBuffer stepGradients, boolean withViews) {
        weights = stepWeights.slice();
        gradients = stepGradients.slice();
        weightView = withViews ? DirectView.of(weights, 0, weights.limit()) : null;
        gradientView = withViews ? DirectView.of(gradients, 0, gradients.limit()) : null;
    }

    /**
     * Sets what gradients are to be multiplied by, and then cut off at.
     *
     * @param newLimit largest absolute value; infinite: none
     */
    void scaleGradients(float newScale, float newLimit) {
        scale = newScale;
        limit = newLimit;
    }

    /** Lets go of the buffers. */
    void end() {
        weights = null;
        gradients = null;
        weightView = null;
        gradientView = null;
    }

    FloatBuffer weights() {
        return weights;
    }

    FloatBuffer gradients() {
        return gradients;
    }

    /** The weights as bytes; null where vector loops can't be used. */
    ByteBuffer weightView() {
        return weightView;
    }

    /** The gradients as bytes, neither scaled nor clipped; null where vector loops can't be used. */
    ByteBuffer gradientView() {
        return gradientView;
    }

    float scale() {
        return scale;
    }

    float limit() {
        return limit;
    }

    /** Copies of weights, filled by {@link #load} and indexed as a block. */
    float[] weightChunk() {
        return weightChunk;
    }

    /** Copies of gradients, filled by {@link #load} and indexed as a block. */
    float[] gradientChunk() {
        return gradientChunk;
    }

    /** Copies a part of a block into the chunks, the gradients scaled and clipped. */
    void load(Block block, int from, int to) {
        weights.get(block.start() + from, weightChunk, from, to - from);
        loadGradients(block, from, to);
        for (int i = from; i < to; i++) {
            gradientChunk[i] *= scale;
        }
        if (limit < Float.POSITIVE_INFINITY) {
            for (int i = from; i < to; i++) {
                gradientChunk[i] = Math.max(-limit, Math.min(limit, gradientChunk[i]));
            }
        }
    }

    /** Copies gradients of a part of a block into their chunk as they are. */
    void loadGradients(Block block, int from, int to) {
        gradients.get(block.start() + from, gradientChunk, from, to - from);
    }

    /** Copies a part of the chunk of weights back. */
    void store(Block block, int from, int to) {
        weights.put(block.start() + from, weightChunk, from, to - from);
    }
}
