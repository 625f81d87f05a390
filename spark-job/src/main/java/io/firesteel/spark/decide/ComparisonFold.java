package io.firesteel.spark.decide;

import io.firesteel.spark.predict.ScoredBatch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Compares models on rows that all of them have predicted, in one pass: each partition becomes a state, states are merged in the order of
 * the partitions, on the driver or, where partitions are many, neighbours first on executors, and the driver computes. The
 * same partitions give the same bits; other ones the same values, and intervals of the same bits where all rows are drawn from.
 *
 * <p>A partition's state holds the metrics' states and at most 100,000 rows or 32 MiB of predictions, which are what resamples draw from.
 *
 * @param plan what is compared, and how
 */
public record ComparisonFold(ComparisonPlan plan) implements Serializable {
    /** More partitions than these are merged by neighbours first. */
    private static final int FEW = 16;

    public ComparisonFold {
        Objects.requireNonNull(plan, "plan");
    }

    /**
     * The comparison of all rows, whose partitions are folded on executors:
     *
     * <pre>
     * Comparison comparison = fold.compare(scoring.map(batches -&gt; fold.fold(batches).toBytes()));
     * </pre>
     *
     * @param partitions the state of each partition, as bytes, in order
     */
    public Comparison compare(JavaRDD<byte[]> partitions) {
        int count = partitions.getNumPartitions();
        JavaPairRDD<Integer, byte[]> states = partitions
                .mapPartitionsWithIndex(ComparisonFold::numbered, true)
                .mapToPair(pair -> pair);
        if (count > FEW) {
            int groups = (int) Math.ceil(Math.sqrt(count));
            states = states.partitionBy(new Neighbours(count, groups)).mapPartitionsToPair(this::merged, true);
        }
        return compute(merge(new ArrayList<>(states.collect())));
    }

    private static Iterator<Tuple2<Integer, byte[]>> numbered(Integer partition, Iterator<byte[]> states) {
        List<Tuple2<Integer, byte[]>> numbered = new ArrayList<>();
        states.forEachRemaining(state -> numbered.add(new Tuple2<>(partition, state)));
        return numbered.iterator();
    }

    /** The state of a partition. */
    public ComparisonState fold(Iterator<ScoredBatch> batches) {
        ComparisonState state = new ComparisonState(plan);
        batches.forEachRemaining(state::add);
        return state;
    }

    /** The state of both parts of the rows together; neither is to be used afterwards. */
    public ComparisonState merge(ComparisonState first, ComparisonState second) {
        first.addAll(second);
        return first;
    }

    /** What all rows together say. */
    public Comparison compute(ComparisonState state) {
        return new ComparisonResult(plan, state).comparison();
    }

    private Iterator<Tuple2<Integer, byte[]>> merged(Iterator<Tuple2<Integer, byte[]>> states) {
        List<Tuple2<Integer, byte[]>> neighbours = new ArrayList<>();
        states.forEachRemaining(neighbours::add);
        if (neighbours.isEmpty()) {
            return neighbours.iterator();
        }
        Integer first =
                neighbours.stream().map(Tuple2::_1).min(Integer::compare).get();
        return List.of(new Tuple2<>(first, merge(neighbours).toBytes())).iterator();
    }

    private ComparisonState merge(List<Tuple2<Integer, byte[]>> states) {
        states.sort(Comparator.comparing(Tuple2::_1));
        ComparisonState merged = new ComparisonState(plan);
        states.forEach(next -> merged.addAll(ComparisonState.of(plan, next._2())));
        return merged;
    }

    /** Puts partitions that follow each other together. */
    private static final class Neighbours extends Partitioner {
        private static final long serialVersionUID = 1;

        private final int partitions;
        private final int groups;

        Neighbours(int partitions, int groups) {
            this.partitions = partitions;
            this.groups = groups;
        }

        @Override
        public int numPartitions() {
            return groups;
        }

        @Override
        public int getPartition(Object key) {
            return (int) ((long) (Integer) key * groups / partitions);
        }
    }
}
