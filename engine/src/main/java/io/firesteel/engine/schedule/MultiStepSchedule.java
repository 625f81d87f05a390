package io.firesteel.engine.schedule;

import java.util.List;

/**
 * A factor at certain steps: {@code start factor^m} at step k, where m milestones are not after k. PyTorch's {@code MultiStepLR} with
 * {@code milestones} and {@code gamma}, Ignite's {@code MultiStepStateScheduler}.
 *
 * @param start at step 0, finite
 * @param factor &gt; 0
 * @param milestones steps, &gt;= 0, in ascending order, at least one; a step that is there twice counts twice
 */
public record MultiStepSchedule(double start, double factor, List<Double> milestones) implements Schedule {
    public MultiStepSchedule {
        Range.finite("start", start);
        Range.positive("factor", factor);
        milestones = List.copyOf(milestones);
        if (milestones.isEmpty()) {
            throw new IllegalArgumentException("Invalid milestones: [] (must be at least one)");
        }
        milestones.forEach(milestone -> Range.notNegative("milestone", milestone));
        for (int i = 1; i < milestones.size(); i++) {
            if (milestones.get(i) < milestones.get(i - 1)) {
                throw new IllegalArgumentException(
                        "Invalid milestones: " + milestones + " (must be in ascending order)");
            }
        }
    }

    @Override
    public double value(double step) {
        return Powers.of(start, factor, passed(step));
    }

    private int passed(double step) {
        int passed = 0;
        while (passed < milestones.size() && milestones.get(passed) <= step) {
            passed++;
        }
        return passed;
    }

    @Override
    public Bounds bounds() {
        return Bounds.around(start, Powers.of(start, factor, milestones.size()));
    }
}
