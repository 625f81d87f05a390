/**
 * Metrics of how differently a classifier treats groups of rows: men and women, regions, customers of each age. A row's group is a
 * text; its decision is positive if the predicted class is the parameter {@code positive}, 1 unless set. Differences are 0 and ratios
 * 1 where all groups are treated alike. A rate whose denominator is 0, such as the recall of a group without positive rows, is 0 as in
 * scikit-learn and Fairlearn, so that small groups without such rows make differences large: look at the groups' own rates too. Rows of
 * weight 0 are left out, and so are groups that have no others. A state takes about 100 bytes for each group, of which there may be
 * {@code maximumGroups}. Uses the parent package. Start at {@link io.firesteel.engine.metric.fairness.FairnessMetrics}.
 */
package io.firesteel.engine.metric.fairness;
