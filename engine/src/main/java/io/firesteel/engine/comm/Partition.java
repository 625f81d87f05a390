package io.firesteel.engine.comm;

import java.util.Arrays;

/**
 * Which part of a vector belongs to each rank: one slice after the other in rank order, some of which may be empty. The
 * same on all ranks of an operation that takes one. Immutable.
 */
public final class Partition {
    /** Rank r has [bounds[r], bounds[r + 1]). */
    private final int[] bounds;

    private Partition(int[] bounds) {
        this.bounds = bounds;
    }

    /** Slices whose lengths differ by at most 1. */
    public static Partition even(int elements, int parts) {
        return aligned(elements, parts, 1);
    }

    /**
     * Slices that begin at multiples of a number of elements, and apart from that are as even as can be: whole blocks
     * of {@code multiple} elements are dealt out, of which the last one may be shorter.
     *
     * @param elements length of the vector, &gt;= 0
     * @param parts number of slices, &gt;= 1
     * @param multiple block length, &gt;= 1
     */
    public static Partition aligned(int elements, int parts, int multiple) {
        atLeast("elements", elements, 0);
        atLeast("parts", parts, 1);
        atLeast("multiple", multiple, 1);
        long blocks = ((long) elements + multiple - 1) / multiple;
        int[] bounds = new int[parts + 1];
        for (int part = 1; part <= parts; part++) {
            bounds[part] = (int) Math.min(elements, blocks * part / parts * multiple);
        }
        return new Partition(bounds);
    }

    /** Slices of these lengths, each &gt;= 0. */
    public static Partition of(int... lengths) {
        atLeast("parts", lengths.length, 1);
        int[] bounds = new int[lengths.length + 1];
        for (int part = 0; part < lengths.length; part++) {
            atLeast("length of slice " + part, lengths[part], 0);
            bounds[part + 1] = Math.addExact(bounds[part], lengths[part]);
        }
        return new Partition(bounds);
    }

    private static void atLeast(String name, int value, int min) {
        if (value < min) {
            throw new IllegalArgumentException(
                    "Invalid " + name + " of a partition: " + value + " (must be >= " + min + ")");
        }
    }

    /** Length of the vector. */
    public int elements() {
        return bounds[bounds.length - 1];
    }

    /** Number of slices. */
    public int parts() {
        return bounds.length - 1;
    }

    /** Where the rank's slice begins. */
    public int from(int rank) {
        return bounds[rank];
    }

    /** Elements of the rank's slice. */
    public int length(int rank) {
        return bounds[rank + 1] - bounds[rank];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Partition partition && Arrays.equals(bounds, partition.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return "Partition" + Arrays.toString(bounds);
    }
}
