package io.firesteel.engine.optim;

import java.util.List;

/**
 * The arithmetic of one optimizer, which {@link Optimization#create} sets to work on memory. Nothing in it is for other
 * packages.
 */
public final class UpdateRule {
    /** Computes the factors of a step that elementwise rules have. */
    @FunctionalInterface
    interface Elementwise {
        /**
         * The step's arithmetic.
         *
         * @param step its number, from 1
         * @param values hyper-parameters of the group
         */
        Update update(long step, StepValues values);
    }

    /** Computes the factors of a step that scales each parameter's update by norms. */
    @FunctionalInterface
    interface Layerwise {
        /** As {@link Elementwise#update}. */
        LayerwiseUpdate update(long step, StepValues values);
    }

    private final Elementwise elementwise;
    private final Layerwise layerwise;
    private final List<String> slots;
    private final float start;

    private UpdateRule(Elementwise elementwise, Layerwise layerwise, List<String> slots, float start) {
        this.elementwise = elementwise;
        this.layerwise = layerwise;
        this.slots = List.copyOf(slots);
        this.start = start;
    }

    /** A rule that treats every element alike, with slots that start at 0. */
    static UpdateRule of(Elementwise rule, List<String> slots) {
        return new UpdateRule(rule, null, slots, 0);
    }

    /** A rule that treats every element alike, with slots that start at a value. */
    static UpdateRule of(Elementwise rule, List<String> slots, double start) {
        return new UpdateRule(rule, null, slots, (float) start);
    }

    /** A rule that scales by norms, with slots that start at 0. */
    static UpdateRule ofLayers(Layerwise rule, List<String> slots) {
        return new UpdateRule(null, rule, slots, 0);
    }

    boolean isLayerwise() {
        return layerwise != null;
    }

    Update update(long step, StepValues values) {
        return elementwise.update(step, values);
    }

    LayerwiseUpdate layerwiseUpdate(long step, StepValues values) {
        return layerwise.update(step, values);
    }

    /** Names of the slots, as PyTorch calls them. */
    List<String> slots() {
        return slots;
    }

    /** What slots hold before the first step. */
    float start() {
        return start;
    }
}
