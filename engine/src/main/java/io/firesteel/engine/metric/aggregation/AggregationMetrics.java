package io.firesteel.engine.metric.aggregation;

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
public final class AggregationMetrics {
    private static final MetricParameter DDOF =
            MetricParameter.integer("ddof", 0, 0, 1, "what is taken off the divisor: 1 for an estimate from a sample");

    private AggregationMetrics() {}

    /** In the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return Stream.of(counts(), aggregates(), spreads())
                .flatMap(List::stream)
                .toList();
    }

    private static List<MetricKind> counts() {
        return List.of(
                new MetricKind(
                        "loss",
                        List.of(),
                        Set.of(Reads.LOSSES),
                        List.of(),
                        "the mean of what training lowers",
                        parameters -> new MeanLoss()),
                kind(
                        "count",
                        List.of("rows"),
                        List.of(),
                        "the number of rows",
                        parameters -> RowCount.rows(parameters.metricName())),
                kind(
                        "totalWeight",
                        List.of(),
                        List.of(),
                        "the sum of the rows' weights",
                        parameters -> RowCount.totalWeight(parameters.metricName())));
    }

    private static List<MetricKind> aggregates() {
        return List.of(
                kind(
                        "mean",
                        List.of("average"),
                        List.of(Source.PARAMETER),
                        "the mean of predictions, targets or losses",
                        parameters ->
                                Aggregate.of(parameters.metricName(), Source.of(parameters), AggregationMetrics::mean)),
                kind(
                        "geometricMean",
                        List.of("geometricAverage"),
                        List.of(Source.PARAMETER),
                        "the geometric mean of numbers that aren't negative",
                        parameters -> new GeometricMean(parameters.metricName(), Source.of(parameters))),
                kind(
                        "sum",
                        List.of("total"),
                        List.of(Source.PARAMETER),
                        "the weighted sum",
                        parameters -> Aggregate.sum(parameters.metricName(), Source.of(parameters))),
                kind(
                        "minimum",
                        List.of("min"),
                        List.of(Source.PARAMETER),
                        "the least number",
                        parameters -> Aggregate.of(parameters.metricName(), Source.of(parameters), Summary::minimum)),
                kind(
                        "maximum",
                        List.of("max"),
                        List.of(Source.PARAMETER),
                        "the largest number",
                        parameters -> Aggregate.of(parameters.metricName(), Source.of(parameters), Summary::maximum)));
    }

    /** The quotient of sums, exact where they are: the mean that is merged from means is not. */
    private static double mean(Summary column) {
        return column.sum() / column.weight();
    }

    private static List<MetricKind> spreads() {
        return List.of(
                kind(
                        "variance",
                        List.of("var"),
                        List.of(Source.PARAMETER, DDOF),
                        "the variance of predictions, targets or losses",
                        parameters -> Aggregate.variance(
                                parameters.metricName(), Source.of(parameters), parameters.integer("ddof"))),
                kind(
                        "standardDeviation",
                        List.of("std"),
                        List.of(Source.PARAMETER, DDOF),
                        "the root of the variance",
                        parameters -> Aggregate.standardDeviation(
                                parameters.metricName(), Source.of(parameters), parameters.integer("ddof"))));
    }

    private static MetricKind kind(
            String name,
            List<String> aliases,
            List<MetricParameter> parameters,
            String meaning,
            Function<MetricParameters, Metric<?>> factory) {
        return new MetricKind(name, aliases, Set.of(), parameters, meaning, factory);
    }
}
