package io.firesteel.engine.optim;

/** Something that sets a hyper-parameter while training goes on, and which one: of all parameters, or of a group. */
public sealed interface Scheduled permits HyperparameterSchedule, HyperparameterPlateau {
    /** The hyper-parameter. */
    Tunable parameter();

    /** The {@link ParameterGroup#parameters} of the group that it is for; empty: all parameters. */
    String group();

    /** Whether it is for all parameters. */
    default boolean isForAll() {
        return group().isEmpty();
    }

    /** What it sets, for messages and names: {@code learningRate}, or {@code learningRate of 1.weight}. */
    default String target() {
        return parameter().label() + (isForAll() ? "" : " of " + group());
    }
}
