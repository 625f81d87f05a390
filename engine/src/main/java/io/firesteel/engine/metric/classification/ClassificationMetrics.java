package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.MetricParameters;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The metrics of this package. */
public final class ClassificationMetrics {
    private static final int STANDARD_K = 5;
    private static final int MOST_K = 1_000_000;
    private static final int STANDARD_BINS = 15;
    private static final int MOST_BINS = 10_000;

    private ClassificationMetrics() {}

    /** In the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return Stream.of(List.of(accuracy()), ConfusionKinds.kinds(), ofProbabilities())
                .flatMap(List::stream)
                .toList();
    }

    private static MetricKind accuracy() {
        return new MetricKind(
                "accuracy",
                List.of("acc", "accuracy_score"),
                Set.of(Reads.PREDICTIONS, Reads.CLASSES),
                List.of(MetricParameter.flag(
                        "exactMatch", false, "whether a row of several labels is right only if all of them are")),
                "the share of right predictions",
                parameters -> new Accuracy(parameters.metricName(), parameters.flag("exactMatch")));
    }

    private static List<MetricKind> ofProbabilities() {
        return List.of(
                kind(
                        "topKAccuracy",
                        List.of("topK", "top_k_accuracy_score", "topKCategoricalAccuracy"),
                        List.of(MetricParameter.integer("k", STANDARD_K, 1, MOST_K, "how many guesses count")),
                        "the share of rows whose class is among the k likeliest",
                        parameters -> new TopKAccuracy(parameters.metricName(), parameters.integer("k"))),
                kind(
                        "logLoss",
                        List.of("crossEntropy"),
                        List.of(),
                        "how unlikely the model took what is so to be",
                        parameters -> new LogLoss(parameters.metricName())),
                kind(
                        "brier",
                        List.of("brierScore", "brier_score_loss"),
                        List.of(),
                        "the squared distance between probabilities and what is so",
                        parameters -> new Brier(parameters.metricName())),
                kind(
                        "calibrationError",
                        List.of("ece", "expectedCalibrationError"),
                        List.of(
                                MetricParameter.integer("bins", STANDARD_BINS, 1, MOST_BINS, "bins of confidence"),
                                MetricParameter.choice(
                                        "norm", CalibrationError.NORMS, "mean, root of squares, or maximum")),
                        "how far confidence is from how often the model is right",
                        parameters -> new CalibrationError(
                                parameters.metricName(), parameters.integer("bins"), parameters.text("norm"))));
    }

    private static MetricKind kind(
            String name,
            List<String> aliases,
            List<MetricParameter> parameters,
            String meaning,
            Function<MetricParameters, Metric<?>> factory) {
        return new MetricKind(name, aliases, Set.of(Reads.PROBABILITIES, Reads.CLASSES), parameters, meaning, factory);
    }
}
