package io.firesteel.engine.metric.ranking;

import java.util.Arrays;

/**
 * The items of one query in the order of their scores, highest first.
 *
 * @param scores falling, none NaN
 * @param relevances of the same items, each &gt;= 0
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one computation
record RankedQuery(double[] scores, double[] relevances) {
    int size() {
        return scores.length;
    }

    boolean isRelevant(int item) {
        return relevances[item] > 0;
    }

    int relevantItems() {
        return (int)
                Arrays.stream(relevances).filter(relevance -> relevance > 0).count();
    }

    /** Where the items with an item's score end: the index after the last one, which is the place, from 1, of each of them. */
    int place(int item) {
        int end = item + 1;
        while (end < size() && scores[end] == scores[item]) {
            end++;
        }
        return end;
    }

    /** The relevances, falling. */
    double[] ideal() {
        double[] ideal = relevances.clone();
        Arrays.sort(ideal);
        for (int i = 0; i < ideal.length / 2; i++) {
            double swapped = ideal[i];
            ideal[i] = ideal[ideal.length - 1 - i];
            ideal[ideal.length - 1 - i] = swapped;
        }
        return ideal;
    }
}
