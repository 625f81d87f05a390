package io.firesteel.engine.optim;

import java.nio.FloatBuffer;

/**
 * Updates a replica's flat parameters, or a slice of them, from its flat gradients and keeps the state that the updates need.
 * Padding between parameters may take part: where weight and gradient are 0, both stay 0.
 *
 * <p>The same calls on the same values give the same bits on every machine, with vector instructions and without. State too
 * small for a normal float (1.2e-38) becomes 0 within 64 steps. A gradient that isn't a number reaches its weight. Weights
 * aren't part of the state. Not thread-safe; one instance belongs to one replica.
 *
 * @see Optimization#create
 */
public interface Optimizer {
    /** Elements of the flat buffers, or of the slice that this optimizer owns, padding included. */
    int parameters();

    /** The step size of the next step, &gt;= 0. */
    double learningRate();

    /**
     * Sets the step size of the steps to come, as a schedule does. It isn't part of the state.
     *
     * @param learningRate finite and &gt;= 0
     * @throws IllegalArgumentException if it is neither
     */
    void learningRate(double learningRate);

    /** Steps taken since the optimizer was created, those before {@link #restore} included. */
    long steps();

    /**
     * Takes one step; collective where this optimizer owns a slice and norms have to be known. Both buffers are float32 of
     * exactly {@link #parameters} elements between position and limit, best direct and in native byte order; position and
     * limit stay where they are.
     *
     * @param weights read and overwritten
     * @param gradients sum of the gradients of all rows of all replicas, each times its row's weight; not changed
     * @param gradientScale what turns that sum into a mean: 1 / total row weight, finite and &gt;= 0
     * @throws IllegalArgumentException if a buffer has another size or the scale is out of range; nothing has changed
     */
    void step(FloatBuffer weights, FloatBuffer gradients, float gradientScale);

    /** A copy of the state, which later steps don't change. */
    OptimizerState state();

    /**
     * Continues from a state that an optimizer of the same kind and size has given: the steps to come have the same
     * bits as if this optimizer had taken all steps itself, given the same weights and learning rates.
     *
     * @param state copied
     * @throws IllegalArgumentException if the slots have other names or sizes; nothing has changed
     */
    void restore(OptimizerState state);
}
