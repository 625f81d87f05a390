package io.firesteel.engine.data;

import java.io.Serializable;
import java.util.List;

/**
 * Name, element type and shape of one input or label of a model, without the batch axis.
 *
 * @param name how messages and the model file call it
 * @param type element type
 * @param shape sizes of the axes after the batch axis, each &gt; 0; empty for a scalar per row
 */
public record TensorSpec(String name, ElementType type, List<Integer> shape) implements Serializable {
    public TensorSpec {
        shape = List.copyOf(shape);
        for (int size : shape) {
            if (size <= 0) {
                throw new IllegalArgumentException(
                        "Invalid shape of " + name + ": " + shape + " (every size must be > 0)");
            }
        }
    }

    /** Elements per row: the product of the sizes, 1 for a scalar. */
    public int elements() {
        int elements = 1;
        for (int size : shape) {
            elements = Math.multiplyExact(elements, size);
        }
        return elements;
    }

    /** Bytes per row. */
    public int bytes() {
        return Math.multiplyExact(elements(), type.bytes());
    }
}
