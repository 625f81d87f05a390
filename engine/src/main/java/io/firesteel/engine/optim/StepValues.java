package io.firesteel.engine.optim;

import java.util.EnumMap;
import java.util.Map;

/** The hyper-parameters of one group that can change from step to step, as they are for the next step. */
final class StepValues {
    private final EnumMap<Tunable, Double> values;

    StepValues(Map<Tunable, Double> values) {
        this.values = new EnumMap<>(values);
    }

    /** The value of one that the optimizer has. */
    double of(Tunable tunable) {
        return values.get(tunable);
    }

    double learningRate() {
        return of(Tunable.LEARNING_RATE);
    }

    double weightDecay() {
        return of(Tunable.WEIGHT_DECAY);
    }

    double momentum() {
        return of(Tunable.MOMENTUM);
    }

    float epsilon() {
        return (float) of(Tunable.EPSILON);
    }

    /** The decays of two moments at a step. */
    Moments moments(long step) {
        return new Moments(of(Tunable.BETA1), of(Tunable.BETA2), step);
    }

    Decay coupledDecay() {
        return Decay.coupled(weightDecay());
    }

    Decay decoupledDecay() {
        return Decay.decoupled(learningRate(), weightDecay());
    }

    void set(Tunable tunable, double value) {
        values.put(tunable, value);
    }
}
