package io.firesteel.engine.metric.classification;

import io.firesteel.engine.metric.MetricInput;

/**
 * How many of a row's labels are yes.
 *
 * @param right predicted and so
 * @param predicted as the model says
 * @param actual as it is
 * @param labels of either kind
 */
record LabelRow(int right, int predicted, int actual, int labels) {
    static LabelRow of(MetricInput input, int row, int labels) {
        int right = 0;
        int predicted = 0;
        int actual = 0;
        for (int label = 0; label < labels; label++) {
            int said = input.predictedLabel(row, label) ? 1 : 0;
            int so = input.wantedLabel(row, label) ? 1 : 0;
            right += said & so;
            predicted += said;
            actual += so;
        }
        return new LabelRow(right, predicted, actual, labels);
    }

    double value(Ratio ratio) {
        return ratio.of(right, predicted, actual, labels);
    }
}
