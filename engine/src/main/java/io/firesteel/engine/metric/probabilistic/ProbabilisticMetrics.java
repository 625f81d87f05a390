package io.firesteel.engine.metric.probabilistic;

import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricKind.Reads;
import io.firesteel.engine.metric.MetricParameter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The metrics of this package. */
public final class ProbabilisticMetrics {
    private static final double SMALLEST = 1e-12;
    private static final double LARGEST = 1e12;

    private ProbabilisticMetrics() {}

    /** In the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return Stream.of(ofPredictions(), ofDistributions(), ofVectors())
                .flatMap(List::stream)
                .toList();
    }

    private static List<MetricKind> ofPredictions() {
        return List.of(
                new MetricKind(
                        "entropy",
                        List.of(),
                        Set.of(Reads.PROBABILITIES),
                        List.of(),
                        "how undecided the model is, in nats",
                        parameters -> new Entropy(parameters.metricName())),
                new MetricKind(
                        "mutualInformation",
                        List.of(),
                        Set.of(Reads.PROBABILITIES),
                        List.of(),
                        "how much predictions differ from row to row, in nats",
                        parameters -> new MutualInformation(parameters.metricName())));
    }

    private static List<MetricKind> ofDistributions() {
        Set<Reads> reads = Set.of(Reads.PROBABILITIES, Reads.TARGETS);
        return List.of(
                new MetricKind(
                        "klDivergence",
                        List.of("kl"),
                        reads,
                        List.of(Distributions.TARGETS),
                        "how far predicted distributions are from wanted ones, in nats",
                        parameters -> Divergence.kullbackLeibler(parameters.metricName(), parameters.text("targets"))),
                new MetricKind(
                        "jsDivergence",
                        List.of("js"),
                        reads,
                        List.of(Distributions.TARGETS),
                        "the same, never infinite and either way round",
                        parameters -> Divergence.jensenShannon(parameters.metricName(), parameters.text("targets"))));
    }

    private static List<MetricKind> ofVectors() {
        Set<Reads> reads = Set.of(Reads.PREDICTIONS, Reads.TARGETS);
        return List.of(
                new MetricKind(
                        "cosineSimilarity",
                        List.of("cosine"),
                        reads,
                        List.of(MetricParameter.number("eps", 1e-8, 0, 1, "the least length that is divided by")),
                        "the cosine of the angle between predictions and targets",
                        parameters -> new CosineSimilarity(parameters.metricName(), parameters.number("eps"))),
                new MetricKind(
                        "hsic",
                        List.of(),
                        reads,
                        List.of(
                                MetricParameter.number(
                                        "sigmaX", null, SMALLEST, LARGEST, "the kernel's width for predictions"),
                                MetricParameter.number(
                                        "sigmaY", null, SMALLEST, LARGEST, "the kernel's width for targets"),
                                SampleMetric.SAMPLES),
                        "how much predictions and targets depend on each other, in whatever way",
                        Hsic::new),
                new MetricKind(
                        "maximumMeanDiscrepancy",
                        List.of("mmd"),
                        reads,
                        List.of(
                                MetricParameter.number(
                                        "variance", 1.0, SMALLEST, LARGEST, "the square of the kernel's width"),
                                SampleMetric.SAMPLES),
                        "how far the distribution of predictions is from that of targets",
                        parameters -> new MaximumMeanDiscrepancy(
                                parameters.metricName(),
                                parameters.integer(SampleMetric.SAMPLES.name()),
                                parameters.number("variance"))));
    }
}
