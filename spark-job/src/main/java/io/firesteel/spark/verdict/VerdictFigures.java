package io.firesteel.spark.verdict;

import io.firesteel.engine.plot.Axis;
import io.firesteel.engine.plot.Form;
import io.firesteel.engine.plot.LinePlot;
import io.firesteel.engine.plot.RowPlot;
import io.firesteel.engine.plot.RowPlot.Accent;
import io.firesteel.engine.plot.RowPlot.Line;
import io.firesteel.engine.plot.RowPlot.Row;
import io.firesteel.engine.plot.Series;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.spark.config.PromotionRules;
import io.firesteel.spark.config.PromotionRules.Better;
import io.firesteel.spark.decide.Comparison;
import io.firesteel.spark.decide.Comparison.CalibrationPoint;
import io.firesteel.spark.decide.Comparison.ModelResult;
import io.firesteel.spark.decide.Comparison.Slice;
import io.firesteel.spark.decide.Contestant.Role;
import io.firesteel.spark.decide.Figures;
import io.firesteel.spark.decide.Improvement;
import io.firesteel.spark.decide.Resampled.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The pictures of a verdict, each of them there only if there is something to show. */
final class VerdictFigures {
    private static final int MOST_ROWS = 8;
    private static final String LOSS = "loss";

    private final Verdict verdict;

    VerdictFigures(Verdict verdict) {
        this.verdict = verdict;
    }

    void addTo(Html html) {
        verdict.comparison().ifPresent(comparison -> {
            metric(html, comparison);
            improvement(html, comparison);
            slices(html, comparison);
        });
        losses(html);
        drift(html);
        verdict.candidateResult().ifPresent(result -> calibration(html, result));
    }

    private static String percent(Comparison comparison) {
        return Figures.percent(comparison.plan().confidence());
    }

    private void metric(Html html, Comparison comparison) {
        List<Row> rows = new ArrayList<>();
        for (ModelResult result : comparison.models()) {
            Accent accent = result.model().role() == Role.CANDIDATE ? Accent.NONE : Accent.OTHER;
            Interval interval = result.interval();
            rows.add(Row.dot(result.model().name(), result.value(), interval.low(), interval.high(), accent));
        }
        List<Line> lines = new ArrayList<>();
        verdict.rules().ifPresent(rules -> {
            rules.minimum().ifPresent(value -> lines.add(new Line("minimum", value)));
            rules.maximum().ifPresent(value -> lines.add(new Line("maximum", value)));
        });
        String better = comparison.plan().better() == Better.HIGHER ? "higher" : "lower";
        String metric = comparison.plan().metric();
        html.figure(
                new RowPlot(metric + " of each model", metric, rows, lines).svg(),
                metric + " of " + String.format(Locale.ROOT, "%,d", comparison.rows()) + " held-out rows, with "
                        + percent(comparison) + " intervals; " + better + " is better");
    }

    private void improvement(Html html, Comparison comparison) {
        List<Row> rows = new ArrayList<>();
        for (Improvement improvement : comparison.improvements()) {
            Interval interval = improvement.size().interval(comparison.plan().confidence());
            boolean decides = verdict.candidate().equals(Optional.of(improvement.of()))
                    && verdict.champion().equals(Optional.of(improvement.over()));
            rows.add(Row.dot(
                    pair(improvement, comparison),
                    improvement.size().estimate(),
                    interval.low(),
                    interval.high(),
                    decides ? Accent.NONE : Accent.OTHER));
        }
        if (!rows.isEmpty()) {
            double required = verdict.rules().map(PromotionRules::mustImprove).orElse(0.0);
            List<Line> lines = new ArrayList<>(List.of(new Line(required == 0 ? "equal" : "required", required)));
            html.figure(
                    new RowPlot("improvements", "improvement, right of 0 is better", rows, lines).svg(),
                    "How much better the candidate, or the first model, is on the same rows, with "
                            + percent(comparison) + " intervals");
        }
    }

    /** The only candidate needs no name. */
    private static String pair(Improvement improvement, Comparison comparison) {
        boolean only = comparison.candidates().size() == 1
                && improvement
                        .of()
                        .equals(comparison.candidates().get(0).model().name());
        return only ? "over " + improvement.over() : improvement.of() + " / " + improvement.over();
    }

    /** The worst ones come first. */
    private void slices(Html html, Comparison comparison) {
        List<Row> rows = comparison.slices().stream()
                .filter(slice -> judged(slice).isPresent() && slice.rows() >= leastRows(slice))
                .sorted(Comparator.comparingDouble(
                        slice -> judged(slice).orElseThrow().size().estimate()))
                .limit(MOST_ROWS)
                .map(slice -> row(slice, comparison))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        List<Line> lines = new ArrayList<>(List.of(new Line("equal", 0)));
        List<Double> drops = verdict.rules().map(PromotionRules::slices).orElse(List.of()).stream()
                .map(PromotionRules.Slice::maxDrop)
                .distinct()
                .toList();
        if (drops.size() == 1 && drops.get(0) != 0) {
            lines.add(0, new Line("limit", -drops.get(0)));
        }
        long all = comparison.slices().size();
        html.figure(
                new RowPlot("improvement by slice", "improvement over the champion", rows, lines).svg(),
                (rows.size() < all ? "The " + rows.size() + " worst of " + all + " slices" : "Slices") + " with "
                        + percent(comparison) + " intervals");
    }

    private Optional<Improvement> judged(Slice slice) {
        return slice.improvements().stream()
                .filter(improvement -> verdict.candidate().equals(Optional.of(improvement.of())))
                .filter(improvement -> Double.isFinite(improvement.size().estimate()))
                .findFirst();
    }

    private long leastRows(Slice slice) {
        return verdict.rules().map(PromotionRules::slices).orElse(List.of()).stream()
                .filter(rule -> rule.by().equals(slice.by()))
                .mapToLong(PromotionRules.Slice::minRows)
                .min()
                .orElse(1);
    }

    private Row row(Slice slice, Comparison comparison) {
        Improvement improvement = judged(slice).orElseThrow();
        Interval interval = improvement.size().interval(comparison.plan().confidence());
        boolean tooBad = verdict.rules().map(PromotionRules::slices).orElse(List.of()).stream()
                .anyMatch(rule ->
                        rule.by().equals(slice.by()) && -improvement.size().estimate() > rule.maxDrop());
        return Row.dot(
                slice.by() + "=" + slice.value(),
                improvement.size().estimate(),
                interval.low(),
                interval.high(),
                tooBad ? Accent.BAD : Accent.NONE);
    }

    private void losses(Html html) {
        List<Series> series = new ArrayList<>();
        boolean several = verdict.histories().size() > 1;
        verdict.histories().forEach((name, epochs) -> {
            String prefix = several ? name + " " : "";
            if (!several) {
                series.add(curve("train", epochs, "train." + LOSS));
            }
            series.add(curve(prefix + "validation", epochs, "validation." + LOSS));
        });
        series.removeIf(curve -> curve.points().isEmpty());
        if (!series.isEmpty()) {
            html.figure(
                    new LinePlot("loss by epoch", Axis.linear("epoch"), Axis.linear(LOSS), series).svg(Form.EMBEDDED),
                    "Loss of the training that led here");
        }
    }

    private static Series curve(String name, List<EpochRecord> epochs, String metric) {
        return new Series(
                name,
                epochs.stream()
                        .filter(epoch -> epoch.metrics().containsKey(metric))
                        .map(epoch ->
                                new Series.Point(epoch.epoch(), epoch.metrics().get(metric)))
                        .toList());
    }

    private void drift(Html html) {
        List<DataCheck> all = verdict.checks().stream()
                .filter(DataCheck::isDrift)
                .sorted(Comparator.comparingDouble(check -> -check.value().getAsDouble()))
                .toList();
        if (all.isEmpty()) {
            return;
        }
        List<Row> rows = all.stream()
                .limit(MOST_ROWS)
                .map(check -> Row.bar(
                        check.column().orElse(check.name()), check.value().getAsDouble(), accent(check.status())))
                .toList();
        List<Line> lines = all.stream()
                .flatMapToDouble(check -> check.limit().stream())
                .distinct()
                .limit(2)
                .mapToObj(limit -> new Line("limit", limit))
                .toList();
        html.figure(
                new RowPlot("drift by column", "drift", rows, lines).svg(),
                "How far the columns have moved since the champion's training"
                        + (rows.size() < all.size()
                                ? ": the " + rows.size() + " of " + all.size() + " that moved most"
                                : ""));
    }

    private static Accent accent(DataCheck.Status status) {
        return switch (status) {
            case OK -> Accent.NONE;
            case WARN -> Accent.WARNING;
            case STOP -> Accent.BAD;
        };
    }

    private void calibration(Html html, ModelResult candidate) {
        List<CalibrationPoint> points = candidate.calibration();
        if (points.isEmpty()) {
            return;
        }
        double low = points.stream()
                .mapToDouble(point -> Math.min(point.predicted(), point.actual()))
                .min()
                .orElse(0);
        double high = points.stream()
                .mapToDouble(point -> Math.max(point.predicted(), point.actual()))
                .max()
                .orElse(1);
        List<Series> series = new ArrayList<>();
        series.add(curve(candidate));
        verdict.comparison().flatMap(Comparison::champion).ifPresent(champion -> series.add(curve(champion)));
        series.removeIf(curve -> curve.points().isEmpty());
        series.add(new Series("right", List.of(new Series.Point(low, low), new Series.Point(high, high))));
        html.figure(
                new LinePlot("predicted and actual", Axis.linear("predicted"), Axis.linear("actual"), series)
                        .svg(Form.EMBEDDED),
                "Predicted and actual means of rows in groups of equal size by prediction");
    }

    private static Series curve(ModelResult result) {
        return new Series(
                result.model().name(),
                result.calibration().stream()
                        .map(point -> new Series.Point(point.predicted(), point.actual()))
                        .toList());
    }
}
