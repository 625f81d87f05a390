package io.firesteel.engine.schedule;

/**
 * {@code start √(τ / (τ + k))} at step k. After a {@link WarmupSchedule} from 0 over w steps and with τ = w, it is the schedule of the
 * Transformer (Vaswani et al. 2017, Attention Is All You Need, section 5.3): {@code start √(w / k)} at step k of both.
 *
 * @param start at step 0, finite
 * @param timescale τ: steps after which the value is start / √2, &gt; 0
 */
public record InverseSquareRootSchedule(double start, double timescale) implements Schedule {
    public InverseSquareRootSchedule {
        Range.finite("start", start);
        Range.positive("timescale", timescale);
    }

    @Override
    public double value(double step) {
        return start * Math.sqrt(timescale / (timescale + step));
    }

    @Override
    public Bounds bounds() {
        return Bounds.around(start, 0);
    }
}
