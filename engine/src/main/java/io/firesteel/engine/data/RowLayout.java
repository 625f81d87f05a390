package io.firesteel.engine.data;

import java.io.Serializable;
import java.util.List;

/**
 * Where the values of one row lie in a record of fixed width, native byte order: the elements of each input, those of the label,
 * a float32 weight if rows are weighted, and the 64-bit row hash. Each field is aligned to its element size, and the whole is a
 * multiple of 8 bytes. Accessors compute; code that handles rows one by one keeps the offsets that it needs.
 *
 * @param inputs what the model is given, at least one
 * @param label what it is trained towards
 * @param weighted whether each row has a weight
 */
public record RowLayout(List<TensorSpec> inputs, TensorSpec label, boolean weighted) implements Serializable {
    /** The widest row: 256 MiB. */
    public static final int MAX_BYTES = 1 << 28;

    public RowLayout {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("Invalid inputs of a row: [] (must be at least one)");
        }
        long bytes = Long.BYTES + Float.BYTES + width(label);
        for (TensorSpec input : inputs) {
            bytes += width(input);
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "Cannot lay out a row of " + inputs.size() + " inputs and a label: it takes " + bytes
                            + " bytes (expected at most " + MAX_BYTES + "); smaller shapes or fewer inputs fit");
        }
    }

    private static long width(TensorSpec spec) {
        long bytes = spec.type().bytes();
        for (int size : spec.shape()) {
            bytes *= size;
            if (bytes > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "Cannot lay out a row: " + spec.name() + " " + spec.shape() + " takes more than " + MAX_BYTES
                                + " bytes (expected at most that over all inputs and the label)");
            }
        }
        return aligned(bytes, Long.BYTES);
    }

    /** Byte offset of the first element of an input. */
    public int inputOffset(int input) {
        int end = 0;
        for (int i = 0; i < input; i++) {
            end = startOf(inputs.get(i), end) + inputs.get(i).bytes();
        }
        return startOf(inputs.get(input), end);
    }

    /** Byte offset of the first element of the label. */
    public int labelOffset() {
        int last = inputs.size() - 1;
        return startOf(label, inputOffset(last) + inputs.get(last).bytes());
    }

    /**
     * Byte offset of the weight.
     *
     * @throws IllegalStateException if rows have no weight
     */
    public int weightOffset() {
        if (!weighted) {
            throw new IllegalStateException("Cannot locate the weight of a row: rows have none (weighted is false)");
        }
        return labelEnd();
    }

    /** Byte offset of the row hash. */
    public int hashOffset() {
        return (int) aligned(labelEnd() + (weighted ? Float.BYTES : 0), Long.BYTES);
    }

    /** Bytes per row, a multiple of 8. */
    public int bytes() {
        return hashOffset() + Long.BYTES;
    }

    private int labelEnd() {
        return labelOffset() + label.bytes();
    }

    private static int startOf(TensorSpec spec, int end) {
        return (int) aligned(end, spec.type().bytes());
    }

    private static long aligned(long offset, int alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }
}
