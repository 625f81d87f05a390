package io.firesteel.spark.barrier;

import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.train.StateMerger;
import io.firesteel.spark.coordinator.SerializedForm;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Runs a replica in every partition of an RDD, all at once.
 *
 * <p>The barrier stage ends in a shuffle although its few results need none: Spark runs a failed barrier stage again only
 * if it is a shuffle-map stage, and aborts the job if it is the stage that returns the results.
 */
public final class BarrierStage {
    private BarrierStage() {}

    /** Starts the stage and waits for it; the results are in the order of ranks. */
    public static List<ReplicaResult> run(RDD<InternalRow> partitions, ReplicaPlan plan) {
        Task<InternalRow> task = (rank, rows) -> new ReplicaTask(plan, rank).run(rows);
        return results(partitions, task).stream()
                .map(result -> SerializedForm.fromBytes(result, ReplicaResult.class))
                .sorted(Comparator.comparingInt(ReplicaResult::rank))
                .toList();
    }

    /**
     * Starts a stage without rows and waits for it; the results are in the order of ranks.
     *
     * @param ranks how many tasks, &gt; 0
     * @param meeting by what they find each other
     * @param body what each of them does
     * @param type class of what it returns
     */
    public static <R> List<RankResult<R>> run(
            SparkContext context, int ranks, Meeting meeting, RankBody<R> body, Class<R> type) {
        RDD<Integer> empty = new JavaSparkContext(context)
                .parallelize(List.<Integer>of(), ranks)
                .rdd();
        Task<Integer> task = (rank, nothing) -> run(new Rank(meeting, rank, StateMerger.of(MetricSet.of())), body);
        return results(empty, task).stream()
                .map(result -> SerializedForm.fromBytes(result, RankResult.class))
                .map(result -> new RankResult<>(result.rank(), result.failure(), type.cast(result.value())))
                .sorted(Comparator.comparingInt(RankResult::rank))
                .toList();
    }

    private static <R> RankResult<R> run(Rank rank, RankBody<R> body) {
        return rank.run(
                () -> new RankResult<>(rank.number(), null, body.run(rank)),
                failure -> new RankResult<>(rank.number(), failure, null));
    }

    private static <T> List<byte[]> results(RDD<T> partitions, Task<T> task) {
        ClassTag<byte[]> bytes = ClassTag$.MODULE$.apply(byte[].class);
        RDD<byte[]> results = partitions.barrier().mapPartitionsWithIndex(new Body<>(task), false, bytes);
        return new JavaRDD<>(results, bytes).repartition(1).collect();
    }

    /** Partition number and rows in, a serializable result out. */
    @FunctionalInterface
    private interface Task<T> extends Serializable {
        Object run(int rank, Iterator<T> rows);
    }

    /** A barrier task as Spark calls it: what it returns crosses Spark as bytes. */
    private static final class Body<T>
            extends scala.runtime.AbstractFunction2<
                    Object, scala.collection.Iterator<T>, scala.collection.Iterator<byte[]>>
            implements Serializable {
        private final Task<T> task;

        Body(Task<T> task) {
            this.task = task;
        }

        @Override
        public scala.collection.Iterator<byte[]> apply(Object partition, scala.collection.Iterator<T> rows) {
            Iterator<T> javaRows = CollectionConverters.asJava(rows);
            byte[] result = SerializedForm.toBytes(task.run((Integer) partition, javaRows));
            return CollectionConverters.asScala(List.of(result).iterator());
        }
    }
}
