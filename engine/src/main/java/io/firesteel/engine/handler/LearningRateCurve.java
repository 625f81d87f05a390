package io.firesteel.engine.handler;

import io.firesteel.engine.handler.LearningRateFinderOptions.Ramp;
import io.firesteel.engine.plot.Axis;
import io.firesteel.engine.plot.LinePlot;
import io.firesteel.engine.plot.Series;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The losses of a trial of learning rates.
 *
 * @param ramp how the learning rates grew
 * @param points in the order in which they were tried; without a loss that was no finite number
 * @param diverged whether the loss grew too far, or became no finite number, before the last learning rate
 */
public record LearningRateCurve(Ramp ramp, List<Point> points, boolean diverged) implements Finding {
    private static final String PLOT = "learning-rate-finder.svg";

    /**
     * One iteration.
     *
     * @param rate its learning rate
     * @param loss its loss
     * @param smoothedLoss the moving average of the losses up to it
     */
    public record Point(double rate, double loss, double smoothedLoss) implements Serializable {}

    public LearningRateCurve {
        Objects.requireNonNull(ramp, "ramp");
        points = List.copyOf(points);
    }

    /**
     * The learning rate of the steepest descent: in the middle of the three iterations over which the smoothed loss falls most,
     * of those up to its lowest value, as Ignite's {@code lr_suggestion} has it. Empty where there are no three, as the loss
     * never falls.
     */
    public OptionalDouble suggestion() {
        int lowest = lowest();
        double steepest = Double.POSITIVE_INFINITY;
        OptionalDouble suggestion = OptionalDouble.empty();
        for (int i = 1; i < lowest; i++) {
            double change = points.get(i + 1).smoothedLoss() - points.get(i - 1).smoothedLoss();
            if (change < steepest) {
                steepest = change;
                suggestion = OptionalDouble.of(points.get(i).rate());
            }
        }
        return suggestion;
    }

    private int lowest() {
        int lowest = 0;
        for (int i = 1; i < points.size(); i++) {
            lowest = points.get(i).smoothedLoss() < points.get(lowest).smoothedLoss() ? i : lowest;
        }
        return lowest;
    }

    /** Loss and smoothed loss over the learning rate; the title names the suggestion. */
    public LinePlot plot() {
        Axis rates = ramp == Ramp.EXPONENTIAL ? Axis.logarithmic("learning rate") : Axis.linear("learning rate");
        return new LinePlot(
                headline(),
                rates,
                Axis.linear("loss"),
                List.of(series("smoothed loss", Point::smoothedLoss), series("loss", Point::loss)));
    }

    @Override
    public String headline() {
        OptionalDouble suggestion = suggestion();
        return suggestion.isEmpty()
                ? "No learning rate lowers the loss"
                : String.format(Locale.ROOT, "Suggested learning rate: %.3g", suggestion.getAsDouble());
    }

    @Override
    public Map<String, String> files() {
        return Map.of(PLOT, plot().svg());
    }

    private Series series(String name, ToDoubleFunction<Point> value) {
        List<Series.Point> line = new ArrayList<>();
        points.forEach(point -> line.add(new Series.Point(point.rate(), value.applyAsDouble(point))));
        return new Series(name, line);
    }
}
