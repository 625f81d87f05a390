package io.firesteel.engine.schedule;

/**
 * A power of what is left of the way, and its end from then on: {@code end + (start - end) (1 - min(k, n) / n)^power} at step k.
 * PyTorch's {@code PolynomialLR} with {@code total_iters} and {@code power}, whose end is 0.
 *
 * @param start at step 0, finite
 * @param end from step n on, finite
 * @param steps n, &gt; 0
 * @param power &gt; 0; 1 makes a straight line, 2 a curve that is flat at its end
 */
public record PolynomialSchedule(double start, double end, double steps, double power) implements Schedule {
    public PolynomialSchedule {
        Range.finite("start", start);
        Range.finite("end", end);
        Range.positive("steps", steps);
        Range.positive("power", power);
    }

    @Override
    public double value(double step) {
        return step < steps ? end + (start - end) * StrictMath.pow(1 - step / steps, power) : end;
    }

    @Override
    public Bounds bounds() {
        return Bounds.around(start, end);
    }
}
