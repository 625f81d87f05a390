package io.firesteel.engine.schedule;

/**
 * A factor every so many steps: {@code start factor^⌊k / every⌋} at step k. PyTorch's {@code StepLR} with {@code step_size} and
 * {@code gamma}, Ignite's {@code StepStateScheduler}.
 *
 * @param start at step 0, finite
 * @param factor &gt; 0
 * @param every steps from one change to the next, &gt; 0
 */
public record StepSchedule(double start, double factor, double every) implements Schedule {
    public StepSchedule {
        Range.finite("start", start);
        Range.positive("factor", factor);
        Range.positive("every", every);
    }

    @Override
    public double value(double step) {
        return Powers.of(start, factor, Math.floor(step / every));
    }

    @Override
    public Bounds bounds() {
        return Bounds.ofPowers(start, factor);
    }
}
