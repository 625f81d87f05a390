package io.firesteel.engine.optim;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an optimizer must remember to go on after a restart: how many steps it has taken, and its slots, which hold one
 * float per element of the flat memory, or of the optimizer's slice of it, under the names that PyTorch's optimizers use
 * ({@code momentum_buffer}, {@code exp_avg}, {@code exp_avg_sq}). Immutable as long as nobody writes to the arrays.
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

    /**
     * The state of a whole from those of its slices.
     *
     * @param slices in the order of the flat memory, at least one
     * @throws IllegalArgumentException if they differ in steps or in the names of their slots
     */
    public static OptimizerState join(List<OptimizerState> slices) {
        OptimizerState first = slices.get(0);
        for (OptimizerState slice : slices) {
            if (slice.steps != first.steps || !slice.slots.keySet().equals(first.slots.keySet())) {
                throw new IllegalArgumentException(
                        "Cannot join optimizer states: " + slice + " doesn't go on from " + first);
            }
        }
        Map<String, float[]> joined = new LinkedHashMap<>();
        first.slots.keySet().forEach(name -> joined.put(name, concatenate(slices, name)));
        return new OptimizerState(first.steps, joined);
    }

    private static float[] concatenate(List<OptimizerState> slices, String name) {
        int length = 0;
        for (OptimizerState slice : slices) {
            length = Math.addExact(length, slice.slots.get(name).length);
        }
        float[] whole = new float[length];
        int position = 0;
        for (OptimizerState slice : slices) {
            float[] part = slice.slots.get(name);
            System.arraycopy(part, 0, whole, position, part.length);
            position += part.length;
        }
        return whole;
    }

    /**
     * A copy of the part that belongs to the elements from {@code from} to {@code to}.
     *
     * @throws IndexOutOfBoundsException if slots don't have these elements
     */
    public OptimizerState slice(int from, int to) {
        Map<String, float[]> parts = new LinkedHashMap<>();
        slots.forEach((name, values) -> {
            Objects.checkFromToIndex(from, to, values.length);
            parts.put(name, Arrays.copyOfRange(values, from, to));
        });
        return new OptimizerState(steps, parts);
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
