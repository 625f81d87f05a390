package io.firesteel.spark.decide;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.spark.decide.Contestant.Role;
import io.firesteel.spark.decide.Resampled.Interval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a comparison has found.
 *
 * @param plan what was compared, and how
 * @param rows that all models have predicted
 * @param drawnFrom of these the rows that resamples were drawn from: all, or a sample of those that stand for all
 * @param models what each came to, in the plan's order
 * @param improvements of each candidate over champion and baseline, and of the champion over the baseline
 * @param slices the parts of the rows, by column and value
 */
public record Comparison(
        ComparisonPlan plan,
        long rows,
        int drawnFrom,
        List<ModelResult> models,
        List<Improvement> improvements,
        List<Slice> slices) {
    public Comparison {
        models = List.copyOf(models);
        improvements = List.copyOf(improvements);
        slices = List.copyOf(slices);
    }

    /**
     * What a model came to.
     *
     * @param model which one
     * @param value the judged metric; NaN if these rows have none
     * @param interval where it is, as sure as the plan says
     * @param metrics all metrics, by their names
     * @param problems why a metric has no value, by its name; of the whole model under the judged metric's name
     * @param calibration what it predicted against what was so, from low to high; empty if that can't be told
     * @param confusion rows by what they are and what was predicted; empty unless there are a few classes
     */
    public record ModelResult(
            Contestant model,
            double value,
            Interval interval,
            Map<String, MetricValue> metrics,
            Map<String, String> problems,
            List<CalibrationPoint> calibration,
            List<List<Long>> confusion) {
        public ModelResult {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
            problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
            calibration = List.copyOf(calibration);
            confusion = confusion.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Rows whose predictions are near each other.
     *
     * @param predicted the mean prediction: a number, or the probability of what was predicted
     * @param actual the mean of what was so: a number, or the share of rows that were so
     * @param rows how many
     */
    public record CalibrationPoint(double predicted, double actual, long rows) {}

    /**
     * The rows that share a value of a column.
     *
     * @param by the column
     * @param value of the column, as text
     * @param rows how many
     * @param values the judged metric of each model, in the plan's order; NaN where there is none
     * @param improvements of each candidate over the champion; empty without a champion
     */
    public record Slice(String by, String value, long rows, List<Double> values, List<Improvement> improvements) {
        public Slice {
            values = List.copyOf(values);
            improvements = List.copyOf(improvements);
        }
    }

    /** Those that may take the champion's place. */
    public List<ModelResult> candidates() {
        return models.stream()
                .filter(result -> result.model().role() == Role.CANDIDATE)
                .toList();
    }

    public Optional<ModelResult> champion() {
        return ofRole(Role.CHAMPION);
    }

    public Optional<ModelResult> baseline() {
        return ofRole(Role.BASELINE);
    }

    private Optional<ModelResult> ofRole(Role role) {
        return models.stream().filter(result -> result.model().role() == role).findFirst();
    }

    /** By how much one model is better than another one, if both were compared. */
    public Optional<Improvement> improvement(String of, String over) {
        return find(improvements, of, over);
    }

    static Optional<Improvement> find(List<Improvement> improvements, String of, String over) {
        return improvements.stream()
                .filter(found -> found.of().equals(of) && found.over().equals(over))
                .findFirst();
    }
}
