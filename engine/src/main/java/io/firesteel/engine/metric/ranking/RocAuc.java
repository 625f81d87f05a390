package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricParameters;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.distribution.Distributions;
import io.firesteel.engine.metric.distribution.Steps;
import java.util.ArrayList;
import java.util.List;

/**
 * The area under the ROC curve, in [0, 1]; 0.5 is what guessing gives. For two classes it is the probability that a positive
 * row has a larger score than a negative one, of equal scores half:
 * {@code sum(w+ * w- * ([s+ > s-] + [s+ = s-] / 2)) / (sum(w+) * sum(w-))}. Reads scores of any kind, labels and weights.
 *
 * <ul>
 *   <li>Scores (N, 1) or (N, 2), classes 0 and 1 (N) or targets (N, 1), which are positive from 0.5 on.
 *   <li>Probabilities or logits (N, C) with C &gt; 2 and classes (N): {@code multiclass=ovr} takes each class against all
 *       others, {@code ovo} each pair of classes, by the probability of the one and of the other (Hand and Till 2001). Logits go
 *       through a softmax first.
 *   <li>Scores (N, C) and targets (N, C), labels: each label by itself.
 * </ul>
 *
 * <p>Several values are averaged as {@code average} says: {@code macro}, {@code weighted} with the weight of the class's rows (of both
 * classes of a pair), {@code micro} over all scores together (not for pairs), {@code none} (a vector, not for pairs).
 *
 * <p>Up to {@code exactRows} rows times columns the value is exact. Above, scores count as ties if they are in one bin of 2^-13 of
 * their size, and the value comes with {@code errorBound}, computed from the rows: the exact value is no farther away. Bins
 * whose rows all have one score add nothing to it.
 *
 * <p>A class without rows leaves it undefined: refused, where scikit-learn says NaN. Misleads where positives are rare: a
 * model with an area of 0.99 may be wrong in most of the rows that it picks; see averagePrecision. Equals scikit-learn's
 * <a href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.roc_auc_score.html">roc_auc_score</a>, and with it Ignite's
 * ROC_AUC.
 */
final class RocAuc extends ScoreMetric {
    private final Averaging averaging;
    private final boolean pairs;

    RocAuc(MetricParameters parameters) {
        super(parameters, parameters.text("multiclass").equals("ovo"));
        this.averaging = Averaging.of(parameters.text("average"));
        this.pairs = parameters.text("multiclass").equals("ovo");
        if (pairs && averaging != Averaging.MACRO && averaging != Averaging.WEIGHTED) {
            throw new IllegalArgumentException("Cannot set metric rocAuc: pairs of classes have no such average ("
                    + parameters.text("average") + ", expected macro or weighted with multiclass=ovo)");
        }
    }

    @Override
    MetricValue ordered(Distributions state) {
        return pairs && state.lanes() > Scores.LANES
                ? ofPairs(state)
                : averaging.value(state, steps -> Areas.roc(name(), steps, Scores.POSITIVE, Scores.NEGATIVE));
    }

    private MetricValue ofPairs(Distributions state) {
        int classes = state.columns();
        List<Steps> steps = new ArrayList<>(classes);
        for (int column = 0; column < classes; column++) {
            steps.add(state.column(column).steps());
        }
        List<Estimate> areas = new ArrayList<>();
        double[] weights = new double[classes * (classes - 1) / 2];
        for (int a = 0; a < classes; a++) {
            for (int b = a + 1; b < classes; b++) {
                weights[areas.size()] = averaging == Averaging.WEIGHTED
                        ? steps.get(a).total(a) + steps.get(a).total(b)
                        : 1;
                areas.add(ofPair(steps.get(a), a, steps.get(b), b));
            }
        }
        return Estimate.weightedMean(areas, weights).toMetricValue(state.isBinned());
    }

    private Estimate ofPair(Steps ofA, int a, Steps ofB, int b) {
        Estimate one = Areas.roc(name(), ofA, a, b);
        Estimate other = Areas.roc(name(), ofB, b, a);
        return new Estimate((one.value() + other.value()) / 2, (one.bound() + other.bound()) / 2);
    }
}
