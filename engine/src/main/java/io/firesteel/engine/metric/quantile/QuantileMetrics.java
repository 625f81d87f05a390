package io.firesteel.engine.metric.quantile;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.MetricParameters;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The metrics of this package. */
public final class QuantileMetrics {
    private static final MetricParameter EXACT_ROWS = MetricParameter.integer(
            "exactRows",
            1_000_000,
            0,
            100_000_000,
            "rows times columns up to which errors are kept; above, a histogram");
    private static final MetricParameter EXACT_PAIRS = MetricParameter.integer(
            "exactRows", 1_000_000, 1, 100_000_000, "different rows that are kept; above, a sample of as many");

    private QuantileMetrics() {}

    /** In the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return List.of(
                kind(
                        "medianAbsoluteError",
                        List.of("medae", "mdae"),
                        List.of(EXACT_ROWS),
                        "the error that half of the rows don't exceed",
                        parameters -> new ErrorQuantile(parameters, ErrorSize.ABSOLUTE, 0.5)),
                kind(
                        "absoluteErrorQuantile",
                        List.of("errorQuantile"),
                        List.of(MetricParameter.number("q", 0.9, 0, 1, "the share of the rows"), EXACT_ROWS),
                        "the error that a share of the rows doesn't exceed",
                        parameters -> new ErrorQuantile(parameters, ErrorSize.ABSOLUTE, parameters.number("q"))),
                kind(
                        "medianAbsolutePercentageError",
                        List.of("mdape"),
                        List.of(EXACT_ROWS),
                        "the relative error in percent that half of the rows don't exceed",
                        parameters -> new ErrorQuantile(parameters, ErrorSize.PERCENT, 0.5)),
                kind(
                        "medianRelativeAbsoluteError",
                        List.of("mdrae"),
                        List.of(EXACT_PAIRS),
                        "the median of errors over those of predicting the mean",
                        parameters -> new PairMetric(parameters, RelativeErrors::median)),
                kind(
                        "geometricMeanRelativeAbsoluteError",
                        List.of("gmrae"),
                        List.of(EXACT_PAIRS),
                        "the geometric mean of errors over those of predicting the mean",
                        parameters -> new PairMetric(parameters, RelativeErrors::geometricMean)),
                kind(
                        "spearman",
                        List.of("spearmanr", "spearmanRankCorrelation", "spearmanCorrelation"),
                        List.of(EXACT_PAIRS),
                        "whether predictions rise with targets: the correlation of ranks",
                        parameters -> new PairMetric(parameters, new Spearman())),
                kind(
                        "kendall",
                        List.of("kendallTau", "kendallRankCorrelation"),
                        List.of(
                                MetricParameter.choice("variant", List.of("b", "c"), "how equal values count"),
                                EXACT_PAIRS),
                        "how many more pairs of rows are in the right order than in the wrong one",
                        parameters -> new PairMetric(parameters, new Kendall(parameters.text("variant")))));
    }

    private static MetricKind kind(
            String name,
            List<String> aliases,
            List<MetricParameter> parameters,
            String meaning,
            Function<MetricParameters, Metric<?>> factory) {
        return new MetricKind(name, aliases, Set.of(Reads.PREDICTIONS, Reads.TARGETS), parameters, meaning, factory);
    }
}
