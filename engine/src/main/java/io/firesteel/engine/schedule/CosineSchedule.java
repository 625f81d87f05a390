package io.firesteel.engine.schedule;

/**
 * Half a wave of the cosine, and its end from then on: {@code end + (start - end) (1 + cos(π min(k, n) / n)) / 2} at step k
 * (Loshchilov, Hutter 2017, SGDR, equation 5). PyTorch's {@code CosineAnnealingLR} with {@code T_max} and {@code eta_min} up to step
 * n; after that PyTorch's goes up again. {@link CyclicSchedule} has restarts.
 *
 * @param start at step 0, finite
 * @param end from step n on, finite
 * @param steps n, &gt; 0
 */
public record CosineSchedule(double start, double end, double steps) implements Schedule {
    public CosineSchedule {
        Range.finite("start", start);
        Range.finite("end", end);
        Range.positive("steps", steps);
    }

    @Override
    public double value(double step) {
        return step < steps ? Shape.COSINE.between(start, end, step / steps) : end;
    }

    @Override
    public Bounds bounds() {
        return Bounds.around(start, end);
    }
}
