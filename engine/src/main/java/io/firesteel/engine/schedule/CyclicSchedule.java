package io.firesteel.engine.schedule;

import java.util.Objects;

/**
 * The same way again and again. Where a share x of a cycle is done, the value is with {@link Shape#COSINE} {@code end + (start - end)
 * (1 + cos(π x)) / 2}, with {@link Shape#LINEAR} {@code start + (end - start) x}, and with {@link Shape#TRIANGLE} {@code end + (start -
 * end) |2x - 1|}. From cycle to cycle, length, start and end are multiplied by a factor. After each cycle, {@code returnSteps} may
 * lead in a straight line from its end to the next one's start.
 *
 * <p>Ignite's {@code CosineAnnealingScheduler}, and {@code LinearCyclicalScheduler} with {@code monotonic} (linear) and without
 * (triangle), where these are {@code cycle_size}, {@code cycle_mult}, {@code start_value_mult}, {@code end_value_mult} and {@code
 * warmup_duration}; Ignite rounds lengths that aren't whole down. With the cosine and without returns, PyTorch's {@code
 * CosineAnnealingWarmRestarts} with {@code T_0} and {@code T_mult}.
 *
 * @param shape the way within a cycle
 * @param start where the first cycle begins, finite
 * @param end where it leads, finite
 * @param cycle steps of the first cycle, &gt; 0
 * @param cycleFactor what the length of a cycle is multiplied by for the next, &gt;= 1
 * @param startFactor what the start is multiplied by, &gt; 0
 * @param endFactor what the end is multiplied by, &gt; 0
 * @param returnSteps steps from the end of a cycle to the start of the next, &gt;= 0; 0 jumps; without use for a triangle, which
 *     comes back by itself
 */
public record CyclicSchedule(
        Shape shape,
        double start,
        double end,
        double cycle,
        double cycleFactor,
        double startFactor,
        double endFactor,
        double returnSteps)
        implements Schedule {
    public CyclicSchedule {
        Objects.requireNonNull(shape, "shape");
        Range.finite("start", start);
        Range.finite("end", end);
        Range.positive("cycle", cycle);
        Range.atLeastOne("cycleFactor", cycleFactor);
        Range.positive("startFactor", startFactor);
        Range.positive("endFactor", endFactor);
        Range.notNegative("returnSteps", returnSteps);
        if (shape == Shape.TRIANGLE && returnSteps > 0) {
            throw new IllegalArgumentException(
                    "Invalid returnSteps: " + returnSteps + " (must be 0 with triangle, which returns by itself)");
        }
    }

    /** Cycles of one length between the same values. */
    public CyclicSchedule(Shape shape, double start, double end, double cycle) {
        this(shape, start, end, cycle, 1, 1, 1, 0);
    }

    @Override
    public double value(double step) {
        Cycles cycles = new Cycles(cycle, cycleFactor, returnSteps);
        double index = cycles.indexAt(step);
        double done = Math.max(0, step - cycles.begin(index));
        double length = cycles.length(index);
        double to = Powers.of(end, endFactor, index);
        if (done < length) {
            return shape.between(start(index), to, done / length);
        }
        return returnSteps > 0
                ? Shape.LINEAR.between(to, start(index + 1), Math.min(1, (done - length) / returnSteps))
                : start(index + 1);
    }

    private double start(double index) {
        return Powers.of(start, startFactor, index);
    }

    @Override
    public Bounds bounds() {
        return Bounds.ofPowers(start, startFactor).and(Bounds.ofPowers(end, endFactor));
    }
}
