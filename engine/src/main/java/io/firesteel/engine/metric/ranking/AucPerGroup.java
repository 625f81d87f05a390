package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateMetric;
import io.firesteel.engine.metric.distribution.Distributions;
import io.firesteel.engine.metric.distribution.Steps;
import java.util.ArrayList;
import java.util.List;

/**
 * The area under the ROC curve of each group's rows by itself (of a user, a query, a region), in [0, 1], and of them the mean
 * weighted with the groups' rows ({@code average=weighted}), the plain mean ({@code mean}) or the least one ({@code min}). It asks whether
 * rows are ranked well where they compete; the area over all groups also counts how well groups are told apart, which
 * may hide that. Reads scores (N, 1) or (N, 2), classes 0 and 1 or targets (N, 1), groups and weights. Groups
 * without a positive or without a negative row are left out; refused if all are.
 *
 * <p>Memory grows with the groups and their rows, 8 to 16 bytes each; of a group with more than {@code exactRows} a histogram stays and
 * the value has an {@code errorBound}. Defined as GAUC in Zhou et al. 2018, <a
 * href="https://arxiv.org/abs/1706.06978">Deep Interest Network</a>, section 6.2, with rows as impressions; each
 * group's value equals scikit-learn's roc_auc_score.
 */
final class AucPerGroup extends StateMetric<GroupScores> {
    private final int exactRows;
    private final String average;

    AucPerGroup(MetricParameters parameters) {
        super(parameters.metricName(), "groupScores(exactRows=" + parameters.integer("exactRows") + ")");
        this.exactRows = parameters.integer("exactRows");
        this.average = parameters.text("average");
    }

    @Override
    public GroupScores zero() {
        return new GroupScores(exactRows);
    }

    @Override
    public void update(GroupScores state, MetricInput input) {
        state.add(input);
    }

    @Override
    protected MetricValue value(GroupScores state) {
        List<Estimate> areas = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        boolean binned = false;
        for (Distributions group : state.groups().values()) {
            group.checkOrder(name());
            Steps steps = group.column(0).steps();
            double positives = steps.total(Scores.POSITIVE);
            double negatives = steps.total(Scores.NEGATIVE);
            if (positives > 0 && negatives > 0) {
                areas.add(Areas.roc(name(), steps, Scores.POSITIVE, Scores.NEGATIVE));
                weights.add(average.equals("weighted") ? positives + negatives : 1);
                binned |= group.isBinned();
            }
        }
        if (areas.isEmpty()) {
            throw new NotComputableException("Cannot compute " + name()
                    + ": no group has positive and negative rows ("
                    + state.groups().size()
                    + " groups, expected at least one with both)");
        }
        return combined(areas, weights).toMetricValue(binned);
    }

    private Estimate combined(List<Estimate> areas, List<Double> weights) {
        if (average.equals("min")) {
            double least = areas.stream().mapToDouble(Estimate::value).min().orElseThrow();
            double bound = areas.stream().mapToDouble(Estimate::bound).max().orElseThrow();
            return new Estimate(least, bound);
        }
        return Estimate.weightedMean(
                areas, weights.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    protected GroupScores read(StateInput input) {
        return GroupScores.read(exactRows, input);
    }
}
