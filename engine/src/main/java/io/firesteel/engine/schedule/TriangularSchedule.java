package io.firesteel.engine.schedule;

/**
 * Up and down in straight lines, again and again: {@code base + (peak - base) h heightFactor^c stepFactor^k} at step k of cycle c, where
 * h goes from 0 to 1 over {@code up} steps and back over {@code down} (Smith 2017, Cyclical Learning Rates, section 3). PyTorch's
 * {@code CyclicLR} with {@code step_size_up} and {@code step_size_down}, in mode {@code triangular} as it is, in mode {@code
 * triangular2} with a {@code heightFactor} of 1/2, in mode {@code exp_range} with {@code gamma} as {@code stepFactor}. What PyTorch does
 * to the momentum meanwhile is a second schedule, with {@code max_momentum} as base and {@code base_momentum} as peak.
 *
 * @param base at step 0, finite
 * @param peak the other end of the first cycle, above or below the base, finite
 * @param up steps from the base to the peak, &gt; 0
 * @param down steps back, &gt; 0
 * @param heightFactor what the height is multiplied by in each cycle, in (0, 1]
 * @param stepFactor what the height is multiplied by in each step, in (0, 1]
 */
public record TriangularSchedule(
        double base, double peak, double up, double down, double heightFactor, double stepFactor) implements Schedule {
    public TriangularSchedule {
        Range.finite("base", base);
        Range.finite("peak", peak);
        Range.positive("up", up);
        Range.positive("down", down);
        Range.factor("heightFactor", heightFactor);
        Range.factor("stepFactor", stepFactor);
    }

    /** All cycles reach the peak. */
    public TriangularSchedule(double base, double peak, double up, double down) {
        this(base, peak, up, down, 1, 1);
    }

    @Override
    public double value(double step) {
        Cycles cycles = new Cycles(up + down, 1, 0);
        double cycle = cycles.indexAt(step);
        double done = step - cycles.begin(cycle);
        double height = done <= up ? done / up : Math.max(0, (up + down - done) / down);
        double scale = StrictMath.pow(heightFactor, cycle) * StrictMath.pow(stepFactor, step);
        return base + (peak - base) * height * scale;
    }

    @Override
    public Bounds bounds() {
        return Bounds.around(base, peak);
    }
}
