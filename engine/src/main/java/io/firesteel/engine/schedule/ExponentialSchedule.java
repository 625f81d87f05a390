package io.firesteel.engine.schedule;

/**
 * The same factor at every step: {@code start factor^k} at step k. PyTorch's {@code ExponentialLR} with {@code gamma}, Ignite's
 * {@code ExpStateScheduler}.
 *
 * @param start at step 0, finite
 * @param factor &gt; 0; above 1 the values grow without end
 */
public record ExponentialSchedule(double start, double factor) implements Schedule {
    public ExponentialSchedule {
        Range.finite("start", start);
        Range.positive("factor", factor);
    }

    @Override
    public double value(double step) {
        return Powers.of(start, factor, step);
    }

    @Override
    public Bounds bounds() {
        return Bounds.ofPowers(start, factor);
    }
}
