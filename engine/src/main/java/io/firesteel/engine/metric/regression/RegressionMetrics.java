package io.firesteel.engine.metric.regression;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.MetricParameters;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/** The metrics of this package. */
public final class RegressionMetrics {
    private static final Set<Reads> READS = Set.of(Reads.PREDICTIONS, Reads.TARGETS);
    private static final MetricParameter ALPHA =
            MetricParameter.number("alpha", 0.5, 0, 1, "the quantile that is predicted");
    private static final MetricParameter DELTA =
            MetricParameter.number("delta", 1.0, 1e-300, 1e300, "where the error turns from a square into a line");
    private static final MetricParameter POWER = MetricParameter.number(
            "power", 0.0, -1e3, 1e3, "of the mean that the variance grows with: 0 normal, 1 Poisson, 2 gamma");

    private RegressionMetrics() {}

    /** In the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return Stream.of(errors(), explained(), percentages(), deviances(), robust(), distances())
                .flatMap(List::stream)
                .toList();
    }

    private static List<MetricKind> errors() {
        return List.of(
                mean("meanSquaredError", List.of("mse"), ElementErrors.SQUARED, "the mean of squared errors"),
                mean(
                        "rootMeanSquaredError",
                        List.of("rmse"),
                        ElementErrors.SQUARED,
                        Math::sqrt,
                        "the root of the mean of squared errors"),
                mean("meanAbsoluteError", List.of("mae"), ElementErrors.ABSOLUTE, "the mean size of errors"),
                mean("meanError", List.of(), ElementErrors.SIGNED, "the mean of target less prediction"),
                kind(
                        "maximumAbsoluteError",
                        List.of("maxError"),
                        List.of(),
                        "the largest error of all rows",
                        parameters -> new LargestError(parameters.metricName())),
                mean(
                        "geometricMeanAbsoluteError",
                        List.of("gmae"),
                        ElementErrors.LOG_ABSOLUTE,
                        Math::exp,
                        "the geometric mean size of errors"));
    }

    private static List<MetricKind> explained() {
        return List.of(
                kind(
                        "r2",
                        List.of("r2Score", "rSquared"),
                        List.of(Multioutput.ANY),
                        "the share of the targets' variance that is explained",
                        parameters -> ExplainedVariance.r2(parameters.metricName(), Multioutput.of(parameters))),
                kind(
                        "explainedVariance",
                        List.of("explainedVarianceScore"),
                        List.of(Multioutput.ANY),
                        "the same, whatever constant is missing",
                        parameters -> ExplainedVariance.aboutTheMeanError(
                                parameters.metricName(), Multioutput.of(parameters))),
                kind(
                        "pearson",
                        List.of("pearsonCorrelation", "pearsonr"),
                        List.of(Multioutput.MEAN_OR_RAW),
                        "the linear correlation of targets and predictions",
                        parameters -> new Pearson(parameters.metricName(), Multioutput.of(parameters))));
    }

    private static List<MetricKind> percentages() {
        return List.of(
                mean(
                        "meanAbsolutePercentageError",
                        List.of("mape"),
                        ElementErrors.PERCENTAGE,
                        "the mean of errors as a share of the target"),
                mean(
                        "symmetricMeanAbsolutePercentageError",
                        List.of("smape", "fractionalAbsoluteError"),
                        ElementErrors.SYMMETRIC_PERCENTAGE,
                        "the mean of errors as a share of target and prediction"),
                mean(
                        "meanAbsoluteRelativeError",
                        List.of("mare"),
                        ElementErrors.RELATIVE,
                        "the mean of errors as a share of targets that aren't 0"),
                mean(
                        "meanNormalizedBias",
                        List.of(),
                        ElementErrors.NORMALIZED_BIAS,
                        "the mean of errors with their sign as a share of the target"),
                mean(
                        "fractionalBias",
                        List.of(),
                        ElementErrors.FRACTIONAL_BIAS,
                        "the mean of errors with their sign as a share of target and prediction"),
                mean(
                        "meanSquaredLogError",
                        List.of("msle", "meanSquaredLogarithmicError"),
                        ElementErrors.SQUARED_LOG,
                        "the mean of squared errors of logarithms"),
                mean(
                        "rootMeanSquaredLogError",
                        List.of("rmsle"),
                        ElementErrors.SQUARED_LOG,
                        Math::sqrt,
                        "the root of the mean of squared errors of logarithms"));
    }

    private static List<MetricKind> deviances() {
        return List.of(
                kind(
                        "meanTweedieDeviance",
                        List.of("tweedieDeviance"),
                        List.of(POWER),
                        "the mean deviance of a Tweedie distribution",
                        parameters -> deviance(parameters, parameters.number("power"))),
                kind(
                        "meanPoissonDeviance",
                        List.of("poissonDeviance"),
                        List.of(),
                        "the mean deviance of counts",
                        parameters -> deviance(parameters, 1)),
                kind(
                        "meanGammaDeviance",
                        List.of("gammaDeviance"),
                        List.of(),
                        "the mean deviance of amounts over 0",
                        parameters -> deviance(parameters, 2)));
    }

    private static Metric<?> deviance(MetricParameters parameters, double power) {
        return ElementMetric.mean(
                parameters.metricName(),
                TweedieDeviance.of(power),
                Multioutput.UNIFORM,
                DoubleUnaryOperator.identity());
    }

    private static List<MetricKind> robust() {
        return List.of(
                kind(
                        "quantileLoss",
                        List.of("pinballLoss", "meanPinballLoss"),
                        List.of(ALPHA, Multioutput.MEAN_OR_RAW),
                        "what the prediction of a quantile costs",
                        parameters -> mean(parameters, ElementErrors.quantile(parameters.number("alpha")))),
                kind(
                        "huber",
                        List.of("huberLoss"),
                        List.of(DELTA, Multioutput.MEAN_OR_RAW),
                        "squared errors that don't let outliers rule",
                        parameters -> mean(parameters, ElementErrors.huber(parameters.number("delta")))),
                mean(
                        "logCosh",
                        List.of(),
                        ElementErrors.LOG_COSH,
                        "the same without an edge: the logarithm of the error's hyperbolic cosine"));
    }

    private static List<MetricKind> distances() {
        return List.of(
                total("manhattan", List.of("manhattanDistance"), ElementErrors.ABSOLUTE, "the sum of errors"),
                total(
                        "canberra",
                        List.of("canberraMetric", "canberraDistance"),
                        ElementErrors.CANBERRA,
                        "the sum of errors as shares of target and prediction"),
                total(
                        "waveHedges",
                        List.of("waveHedgesDistance"),
                        ElementErrors.WAVE_HEDGES,
                        "the sum of errors as shares of the larger of target and prediction"),
                kind(
                        "meanPairwiseDistance",
                        List.of("pairwiseDistance"),
                        List.of(
                                MetricParameter.number("p", 2.0, 1e-3, 1e3, "the norm"),
                                MetricParameter.number("eps", 1e-6, 0, 1, "what is added to each difference")),
                        "the mean distance of a row's predictions from its targets",
                        parameters -> new PairwiseDistance(
                                parameters.metricName(), parameters.number("p"), parameters.number("eps"))));
    }

    private static MetricKind mean(String name, List<String> aliases, ElementError error, String meaning) {
        return mean(name, aliases, error, DoubleUnaryOperator.identity(), meaning);
    }

    private static MetricKind mean(
            String name, List<String> aliases, ElementError error, DoubleUnaryOperator finish, String meaning) {
        return kind(
                name,
                aliases,
                List.of(Multioutput.MEAN_OR_RAW),
                meaning,
                parameters -> ElementMetric.mean(parameters.metricName(), error, Multioutput.of(parameters), finish));
    }

    private static Metric<?> mean(MetricParameters parameters, ElementError error) {
        return ElementMetric.mean(
                parameters.metricName(), error, Multioutput.of(parameters), DoubleUnaryOperator.identity());
    }

    private static MetricKind total(String name, List<String> aliases, ElementError error, String meaning) {
        return kind(
                name, aliases, List.of(), meaning, parameters -> ElementMetric.total(parameters.metricName(), error));
    }

    private static MetricKind kind(
            String name,
            List<String> aliases,
            List<MetricParameter> parameters,
            String meaning,
            Function<MetricParameters, Metric<?>> factory) {
        return new MetricKind(name, aliases, READS, parameters, meaning, factory);
    }
}
