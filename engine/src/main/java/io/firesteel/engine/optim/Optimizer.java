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

    /**
     * A hyper-parameter of the next step, for the parameters that belong to no group.
     *
     * @throws IllegalArgumentException if the optimizer has none of this name that can change
     */
    double value(Tunable tunable);

    /**
     * Sets a hyper-parameter of the steps to come, as a schedule does. It isn't part of the state. A group whose own value
     * differs from the optimizer's gets its value times {@code value} over the optimizer's, and keeps it where the optimizer's
     * is 0. All replicas must set the same.
     *
     * @throws IllegalArgumentException if the optimizer has none of this name that can change, or the value is out of range
     */
    void set(Tunable tunable, double value);

    /**
     * Sets a hyper-parameter of one group for the steps to come, until it is set for all. All replicas must set the same.
     *
     * @param group index among the optimization's groups
     * @throws IllegalArgumentException if the optimizer has none of this name that can change, there is no such group, or the
     *     value is out of range
     */
    void set(Tunable tunable, int group, double value);

    /** The step size of the next step, &gt;= 0, for the parameters that belong to no group. */
    default double learningRate() {
        return value(Tunable.LEARNING_RATE);
    }

    /**
     * Sets the step size of the steps to come.
     *
     * @param learningRate finite and &gt;= 0
     * @throws IllegalArgumentException if it is neither
     * @see #set(Tunable, double)
     */
    default void learningRate(double learningRate) {
        set(Tunable.LEARNING_RATE, learningRate);
    }

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
