package io.firesteel.engine.schedule;

import java.util.Objects;

/**
 * Up to a peak, and down to far below the start (Smith, Topin 2018, Super-Convergence). With a share r of n steps for the rise, the
 * peak is reached at step {@code r n - 1} and the end at step {@code n - 1}, and stays; in {@link Phases#THREE} the way down leads
 * first to the start, at step {@code 2 r n - 2}. PyTorch's {@code OneCycleLR} with {@code total_steps} and {@code pct_start}, where start
 * and end are {@code max_lr / div_factor} and {@code max_lr / div_factor / final_div_factor}; PyTorch's ends with an error after n
 * steps. What PyTorch does to the momentum meanwhile is a second schedule, with {@code max_momentum} as start and end and {@code
 * base_momentum} as peak.
 *
 * @param start at step 0, finite
 * @param peak the other end of the rise, above or below the start, finite
 * @param end at step n - 1 and after it, finite
 * @param steps n, &gt; 1
 * @param rise r, in (0, 1); in three phases below 1/2
 * @param phases what comes after the peak
 * @param shape of the ways between these values: cosine or linear
 */
public record OneCycleSchedule(
        double start, double peak, double end, double steps, double rise, Phases phases, Shape shape)
        implements Schedule {
    /** What a one-cycle schedule consists of. */
    public enum Phases {
        /** Start, peak, end. */
        TWO(2),
        /** Start, peak, start, end. */
        THREE(3);

        private final int count;

        Phases(int count) {
            this.count = count;
        }

        /** How many there are. */
        public int count() {
            return count;
        }
    }

    public OneCycleSchedule {
        Range.finite("start", start);
        Range.finite("peak", peak);
        Range.finite("end", end);
        Range.share("rise", rise);
        Objects.requireNonNull(phases, "phases");
        Objects.requireNonNull(shape, "shape");
        if (!(steps > 1 && Double.isFinite(steps))) {
            throw new IllegalArgumentException("Invalid steps: " + steps + " (must be a finite number > 1)");
        }
        if (phases == Phases.THREE && rise >= 0.5) {
            throw new IllegalArgumentException("Invalid rise: " + rise + " (must be < 0.5 with three phases)");
        }
        if (shape == Shape.TRIANGLE) {
            throw new IllegalArgumentException("Invalid shape: triangle (must be cosine or linear)");
        }
    }

    /** PyTorch's defaults: two phases of cosines, the rise over 0.3 of the steps, from peak / 25 and to peak / 250,000. */
    public static OneCycleSchedule ofPeak(double peak, double steps) {
        return new OneCycleSchedule(peak / 25, peak, peak / 25 / 1e4, steps, 0.3, Phases.TWO, Shape.COSINE);
    }

    @Override
    public double value(double step) {
        double top = rise * steps - 1;
        double last = steps - 1;
        if (step <= top) {
            return way(start, peak, step, 0, top);
        }
        if (phases == Phases.TWO) {
            return way(peak, end, step, top, last);
        }
        double back = 2 * rise * steps - 2;
        return step <= back ? way(peak, start, step, top, back) : way(start, end, step, back, last);
    }

    /** A way of no length, at step 0, has been gone. */
    private double way(double from, double to, double step, double first, double last) {
        return step < last ? shape.between(from, to, (step - first) / (last - first)) : to;
    }

    @Override
    public Bounds bounds() {
        return Bounds.around(start, peak, end);
    }
}
