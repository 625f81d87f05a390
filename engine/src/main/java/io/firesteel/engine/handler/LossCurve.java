package io.firesteel.engine.handler;

import java.util.ArrayList;
import java.util.List;

/** Losses as a trial of learning rates sees them, one after the other. */
final class LossCurve {
    private final LearningRateFinderOptions options;
    private final List<LearningRateCurve.Point> points = new ArrayList<>();
    private double smoothed;
    private double lowest = Double.POSITIVE_INFINITY;
    private boolean diverged;

    LossCurve(LearningRateFinderOptions options) {
        this.options = options;
    }

    /** Takes the next loss; false if it shows that the learning rate is too high. */
    boolean add(double loss) {
        if (!Double.isFinite(loss)) {
            diverged = true;
            return false;
        }
        smoothed = points.isEmpty() ? loss : smoothed + options.smoothing() * (loss - smoothed);
        points.add(new LearningRateCurve.Point(options.rateAt(points.size() + 1L), loss, smoothed));
        lowest = Math.min(lowest, smoothed);
        diverged = lowest > 0 && smoothed > options.divergence() * lowest;
        return !diverged;
    }

    LearningRateCurve toCurve() {
        return new LearningRateCurve(options.ramp(), points, diverged);
    }
}
