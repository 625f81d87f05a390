package io.firesteel.engine.schedule;

/**
 * The same value at every step.
 *
 * @param value finite
 */
public record ConstantSchedule(double value) implements Schedule {
    public ConstantSchedule {
        Range.finite("value", value);
    }

    @Override
    public double value(double step) {
        return value;
    }

    @Override
    public Bounds bounds() {
        return Bounds.around(value);
    }
}
