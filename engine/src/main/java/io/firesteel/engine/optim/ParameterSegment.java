package io.firesteel.engine.optim;

/**
 * Where a trainable parameter stands in the flat memory.
 *
 * @param name as in the network, for example {@code 1.weight}
 * @param offset first float
 * @param length floats
 */
public record ParameterSegment(String name, int offset, int length) {
    public ParameterSegment {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "Invalid segment of " + name + ": " + length + " floats from " + offset + " (both must be >= 0)");
        }
        Math.addExact(offset, length);
    }

    int end() {
        return offset + length;
    }
}
