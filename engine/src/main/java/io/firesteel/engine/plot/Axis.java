package io.firesteel.engine.plot;

import java.util.Objects;

/**
 * What an axis of a plot shows.
 *
 * @param label name and unit
 * @param scale how values become places
 */
public record Axis(String label, Scale scale) {
    public Axis {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(scale, "scale");
    }

    /** An axis on which equal differences are equal distances. */
    public static Axis linear(String label) {
        return new Axis(label, Scale.LINEAR);
    }

    /** An axis on which equal quotients are equal distances; values that aren't above 0 have no place on it. */
    public static Axis logarithmic(String label) {
        return new Axis(label, Scale.LOGARITHMIC);
    }
}
