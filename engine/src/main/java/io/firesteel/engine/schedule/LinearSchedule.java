package io.firesteel.engine.schedule;

/**
 * A straight line, and its end from then on: {@code start + (end - start) min(k, n) / n} at step k. PyTorch's {@code LinearLR} with
 * {@code start_factor}, {@code end_factor} and {@code total_iters}.
 *
 * @param start at step 0, finite
 * @param end from step n on, finite
 * @param steps n, &gt; 0
 */
public record LinearSchedule(double start, double end, double steps) implements Schedule {
    public LinearSchedule {
        Range.finite("start", start);
        Range.finite("end", end);
        Range.positive("steps", steps);
    }

    @Override
    public double value(double step) {
        return step < steps ? Shape.LINEAR.between(start, end, step / steps) : end;
    }

    @Override
    public Bounds bounds() {
        return Bounds.around(start, end);
    }
}
