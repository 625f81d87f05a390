package io.firesteel.engine.metric.fairness;

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
public final class FairnessMetrics {
    private static final Set<Reads> SELECTIONS = Set.of(Reads.PREDICTIONS, Reads.GROUPS);
    private static final Set<Reads> DECISIONS = Set.of(Reads.PREDICTIONS, Reads.GROUPS, Reads.CLASSES);
    private static final MetricParameter OF = MetricParameter.choice("of", GroupRate.texts(), "which rate is compared");

    private FairnessMetrics() {}

    /** In the order in which documentation lists them. */
    public static List<MetricKind> kinds() {
        return Stream.of(rates(), parity(), odds(), subgroups())
                .flatMap(List::stream)
                .toList();
    }

    private static List<MetricKind> rates() {
        return List.of(
                kind(
                        "selectionRate",
                        List.of(),
                        SELECTIONS,
                        List.of(),
                        "how often each group gets a positive decision",
                        parameters -> new GroupRates(
                                parameters.metricName(), GroupScheme.selections(parameters), GroupRate.SELECTION_RATE)),
                kind(
                        "subgroup",
                        List.of("subgroupMetric", "subgroupAccuracy"),
                        DECISIONS,
                        List.of(OF),
                        "a rate of each group, accuracy unless set",
                        parameters -> new GroupRates(
                                parameters.metricName(), GroupScheme.decisions(parameters), rate(parameters))));
    }

    private static List<MetricKind> parity() {
        return List.of(
                kind(
                        "demographicParityDifference",
                        List.of(),
                        SELECTIONS,
                        List.of(Disparity.METHOD),
                        "how far apart the groups' selection rates are",
                        parameters -> selection(parameters, Disparity.DIFFERENCE)),
                kind(
                        "demographicParityRatio",
                        List.of(),
                        SELECTIONS,
                        List.of(Disparity.METHOD),
                        "the smallest of the groups' selection rates over the largest",
                        parameters -> selection(parameters, Disparity.RATIO)));
    }

    private static List<MetricKind> odds() {
        return List.of(
                kind(
                        "equalizedOddsDifference",
                        List.of(),
                        DECISIONS,
                        List.of(Disparity.METHOD, EqualizedOdds.AGGREGATE),
                        "how far apart the groups' recalls and false positive rates are",
                        parameters -> odds(parameters, Disparity.DIFFERENCE)),
                kind(
                        "equalizedOddsRatio",
                        List.of(),
                        DECISIONS,
                        List.of(Disparity.METHOD, EqualizedOdds.AGGREGATE),
                        "the same as the smallest over the largest",
                        parameters -> odds(parameters, Disparity.RATIO)),
                kind(
                        "equalOpportunityDifference",
                        List.of(),
                        DECISIONS,
                        List.of(Disparity.METHOD),
                        "how far apart the groups' recalls are",
                        parameters -> decision(parameters, GroupRate.RECALL, Disparity.DIFFERENCE)),
                kind(
                        "equalOpportunityRatio",
                        List.of(),
                        DECISIONS,
                        List.of(Disparity.METHOD),
                        "the smallest of the groups' recalls over the largest",
                        parameters -> decision(parameters, GroupRate.RECALL, Disparity.RATIO)));
    }

    private static List<MetricKind> subgroups() {
        return List.of(
                kind(
                        "subgroupDifference",
                        List.of("subgroupAccuracyDifference"),
                        DECISIONS,
                        List.of(OF, Disparity.METHOD),
                        "how far apart a rate of the groups is, accuracy unless set",
                        parameters -> decision(parameters, rate(parameters), Disparity.DIFFERENCE)),
                kind(
                        "subgroupRatio",
                        List.of("subgroupAccuracyRatio"),
                        DECISIONS,
                        List.of(OF, Disparity.METHOD),
                        "the smallest of a rate of the groups over the largest, accuracy unless set",
                        parameters -> decision(parameters, rate(parameters), Disparity.RATIO)));
    }

    private static GroupRate rate(MetricParameters parameters) {
        return GroupRate.of(parameters.text(OF.name()));
    }

    private static Metric<?> selection(MetricParameters parameters, Disparity disparity) {
        return new RateDisparity(parameters, GroupScheme.selections(parameters), GroupRate.SELECTION_RATE, disparity);
    }

    private static Metric<?> decision(MetricParameters parameters, GroupRate rate, Disparity disparity) {
        return new RateDisparity(parameters, GroupScheme.decisions(parameters), rate, disparity);
    }

    private static Metric<?> odds(MetricParameters parameters, Disparity disparity) {
        return new EqualizedOdds(parameters, GroupScheme.decisions(parameters), disparity);
    }

    private static MetricKind kind(
            String name,
            List<String> aliases,
            Set<Reads> reads,
            List<MetricParameter> parameters,
            String meaning,
            Function<MetricParameters, Metric<?>> factory) {
        List<MetricParameter> all = Stream.concat(
                        parameters.stream(), Stream.of(GroupScheme.POSITIVE, GroupScheme.MAXIMUM_GROUPS))
                .toList();
        return new MetricKind(name, aliases, reads, all, meaning, factory);
    }
}
