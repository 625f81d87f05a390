package io.firesteel.engine.data;

import java.io.Serializable;
import java.util.Objects;

/**
 * A batch size that grows over the first epochs of a run (Smith et al. 2018, <i>Don't Decay the Learning Rate, Increase the Batch
 * Size</i>): that of an epoch follows from its number alone, so that a run can go on anywhere. Within an epoch it stays, as the
 * place of a row in its epoch, and so the length of the epoch, would depend on more than the epoch otherwise.
 *
 * @param start rows of an iteration in the first epoch, &gt;= 1
 * @param epochs after so many the size is the full one, &gt;= 1
 * @param every epochs from one change to the next, &gt;= 1
 * @param shape of the way from one to the other
 */
public record BatchRamp(int start, int epochs, int every, Shape shape) implements Serializable {
    /** How a batch size grows. */
    public enum Shape {
        /** By the same number of rows. */
        LINEAR("linear") {
            @Override
            double between(double start, double full, double share) {
                return start + (full - start) * share;
            }
        },
        /** By the same factor. */
        EXPONENTIAL("exponential") {
            @Override
            double between(double start, double full, double share) {
                return start * StrictMath.pow(full / start, share);
            }
        };

        private final String label;

        Shape(String label) {
            this.label = label;
        }

        /** The name in job files. */
        public String label() {
            return label;
        }

        abstract double between(double start, double full, double share);
    }

    public BatchRamp {
        positive("start", start);
        positive("epochs", epochs);
        positive("every", every);
        Objects.requireNonNull(shape, "shape");
    }

    /** In each epoch by the same number of rows. */
    public static BatchRamp linear(int start, int epochs) {
        return new BatchRamp(start, epochs, 1, Shape.LINEAR);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be >= 1)");
        }
    }

    /**
     * Rows of an iteration.
     *
     * @param epoch its number, from 1
     * @param full rows of an iteration after the ramp
     */
    public int size(long epoch, int full) {
        long changed = (epoch - 1) / every * every;
        return changed >= epochs ? full : (int) Math.round(shape.between(start, full, changed / (double) epochs));
    }
}
