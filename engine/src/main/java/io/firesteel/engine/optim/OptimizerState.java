package io.firesteel.engine.optim;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an optimizer must remember to go on after a restart: how many steps it has taken, and its slots, which hold one
 * float per parameter under the names that PyTorch's optimizers use ({@code momentum_buffer}, {@code exp_avg}, {@code
 * exp_avg_sq}). Immutable as long as nobody writes to the arrays.
 */
public final class OptimizerState {
    private final long steps;
    private final Map<String, float[]> slots;

    /**
     * Takes over the arrays without a copy, because they are as large as the model.
     *
     * @param steps steps taken, &gt;= 0
     * @param slots name to values, in the order in which they are saved; empty where nothing is remembered
     * @throws IllegalArgumentException if {@code steps} is negative
     */
    public OptimizerState(long steps, Map<String, float[]> slots) {
        if (steps < 0) {
            throw new IllegalArgumentException("Invalid steps: " + steps + " (must be >= 0)");
        }
        this.steps = steps;
        this.slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    }

    /** Steps taken, &gt;= 0. */
    public long steps() {
        return steps;
    }

    /** Name to values, in a fixed order; the arrays are the state's own and only to be read. */
    public Map<String, float[]> slots() {
        return slots;
    }

    /** Equal steps and equal slots in any order, float by float, where NaN equals NaN and 0 differs from -0. */
    @Override
    public boolean equals(Object other) {
        return other instanceof OptimizerState that && steps == that.steps && sameSlots(that);
    }

    private boolean sameSlots(OptimizerState that) {
        return slots.keySet().equals(that.slots.keySet())
                && slots.keySet().stream().allMatch(name -> Arrays.equals(slots.get(name), that.slots.get(name)));
    }

    @Override
    public int hashCode() {
        int hash = Long.hashCode(steps);
        for (Map.Entry<String, float[]> slot : slots.entrySet()) {
            hash += slot.getKey().hashCode() ^ Arrays.hashCode(slot.getValue());
        }
        return hash;
    }

    @Override
    public String toString() {
        return "OptimizerState[steps=" + steps + ", slots=" + slots.keySet() + "]";
    }
}
