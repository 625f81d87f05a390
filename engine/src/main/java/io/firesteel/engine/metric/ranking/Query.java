package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The items of one query as they come: each with a score, by which it is ranked, and its relevance. */
final class Query {
    private static final int FIRST_SIZE = 4;

    private double[] scores = {};
    private double[] relevances = {};
    private double weight;
    private int size;

    void clear() {
        size = 0;
        weight = 0;
    }

    /**
     * Adds an item.
     *
     * @param itemWeight the largest of the items is that of the query
     * @throws IllegalArgumentException if the relevance isn't a number &gt;= 0
     */
    void add(double score, double relevance, double itemWeight) {
        if (!(relevance >= 0 && relevance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "Invalid relevance of an item: " + relevance + " (must be a number >= 0)");
        }
        if (size == scores.length) {
            resize(Math.max(FIRST_SIZE, Math.addExact(size, size >> 1)));
        }
        scores[size] = score + 0.0;
        relevances[size] = relevance + 0.0;
        weight = Math.max(weight, itemWeight);
        size++;
    }

    private void resize(int capacity) {
        scores = Arrays.copyOf(scores, capacity);
        relevances = Arrays.copyOf(relevances, capacity);
    }

    Query plus(Query other) {
        Query both = new Query();
        both.resize(Math.addExact(size, other.size));
        System.arraycopy(scores, 0, both.scores, 0, size);
        System.arraycopy(relevances, 0, both.relevances, 0, size);
        System.arraycopy(other.scores, 0, both.scores, size, other.size);
        System.arraycopy(other.relevances, 0, both.relevances, size, other.size);
        both.size = size + other.size;
        both.weight = Math.max(weight, other.weight);
        return both;
    }

    double weight() {
        return weight;
    }

    boolean hasNaN() {
        for (int item = 0; item < size; item++) {
            if (Double.isNaN(scores[item])) {
                return true;
            }
        }
        return false;
    }

    /** The items in order of score, of equal scores in order of relevance, highest first: equal for equal items. */
    RankedQuery ranked() {
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(item -> -scores[item])
                        .thenComparingDouble(item -> -relevances[item]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new RankedQuery(
                Arrays.stream(order).mapToDouble(item -> scores[item]).toArray(),
                Arrays.stream(order).mapToDouble(item -> relevances[item]).toArray());
    }

    void write(StateOutput output) {
        RankedQuery ranked = ranked();
        output.writeDouble(weight);
        output.writeInt(size);
        output.writeDoubles(ranked.scores());
        output.writeDoubles(ranked.relevances());
    }

    static Query read(StateInput input) {
        Query read = new Query();
        read.weight = input.readDouble();
        read.size = input.readCount(2 * Double.BYTES);
        read.scores = input.readDoubles(read.size);
        read.relevances = input.readDoubles(read.size);
        return read;
    }
}
