package io.firesteel.engine.metric.fairness;

import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * How far apart the groups' recalls and false positive rates are, in [0, 1]: the worse of both, or with {@code aggregate=mean} their
 * mean. Equal where a classifier errs as often on every group, among the positive rows and among the others. As Fairlearn's <a
 * href="https://fairlearn.org/main/api_reference/generated/fairlearn.metrics.equalized_odds_difference.html">equalized_odds_difference</a>
 * and {@code equalized_odds_ratio}. In a ratio, a rate that is 0 in every group doesn't count; if both are, there is no value.
 */
final class EqualizedOdds extends GroupMetric {
    static final MetricParameter AGGREGATE =
            MetricParameter.choice("aggregate", List.of("worst", "mean"), "of recall and false positive rate");

    private final Disparity disparity;
    private final String method;
    private final boolean mean;

    EqualizedOdds(MetricParameters parameters, GroupScheme scheme, Disparity disparity) {
        super(parameters.metricName(), scheme);
        this.disparity = disparity;
        this.method = parameters.text(Disparity.METHOD.name());
        this.mean = parameters.text(AGGREGATE.name()).equals("mean");
    }

    @Override
    MetricValue ofGroups(GroupCounts state) {
        double[] values = Stream.of(GroupRate.RECALL, GroupRate.FALSE_POSITIVE_RATE)
                .mapToDouble(rate -> disparity.of(rate, state, method))
                .filter(value -> !Double.isNaN(value))
                .toArray();
        if (values.length == 0) {
            throw new NotComputableException("Cannot compute " + name()
                    + ": recall and false positive rate are 0 in every group ("
                    + state.groups().size() + " groups, expected one over 0)");
        }
        return MetricValue.of(
                mean
                        ? DoubleStream.of(values).sum() / values.length
                        : DoubleStream.of(values).reduce(disparity::worse).orElseThrow());
    }
}
