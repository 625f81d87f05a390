package io.firesteel.engine.schedule;

import java.util.Objects;

/**
 * A schedule after steps that lead to it in a straight line: {@code from + (v - from) k / w} at step k below w, where v is the other
 * schedule's first value, and that schedule from step w on, as if it began there. PyTorch's {@code SequentialLR} of a {@code LinearLR} with
 * {@code total_iters} w and the other, with the milestone w. Ignite's {@code create_lr_scheduler_with_warmup} with a {@code
 * warmup_duration} of w + 1, as it counts both ends.
 *
 * @param from at step 0, finite
 * @param steps w, &gt; 0
 * @param then what follows; no warm-up itself
 */
public record WarmupSchedule(double from, double steps, Schedule then) implements Schedule {
    public WarmupSchedule {
        Range.finite("from", from);
        Range.positive("steps", steps);
        Objects.requireNonNull(then, "then");
        if (then instanceof WarmupSchedule) {
            throw new IllegalArgumentException(
                    "Cannot warm up: " + then + " warms up itself (expected another schedule)");
        }
    }

    @Override
    public double value(double step) {
        return step < steps ? Shape.LINEAR.between(from, then.value(0), step / steps) : then.value(step - steps);
    }

    @Override
    public Bounds bounds() {
        return then.bounds().and(Bounds.around(from));
    }
}
