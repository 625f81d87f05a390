package io.firesteel.spark.barrier;

import io.firesteel.spark.coordinator.SerializedForm;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
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
        ClassTag<byte[]> bytes = ClassTag$.MODULE$.apply(byte[].class);
        RDD<byte[]> results = partitions.barrier().mapPartitionsWithIndex(new Body(plan), false, bytes);
        return new JavaRDD<>(results, bytes)
                .repartition(1).collect().stream()
                        .map(result -> SerializedForm.fromBytes(result, ReplicaResult.class))
                        .sorted((a, b) -> Integer.compare(a.rank(), b.rank()))
                        .toList();
    }

    /** A barrier task: partition number and rows in, the bytes of one result out. */
    private static final class Body
            extends scala.runtime.AbstractFunction2<
                    Object, scala.collection.Iterator<InternalRow>, scala.collection.Iterator<byte[]>>
            implements Serializable {
        private final ReplicaPlan plan;

        Body(ReplicaPlan plan) {
            this.plan = plan;
        }

        @Override
        public scala.collection.Iterator<byte[]> apply(Object partition, scala.collection.Iterator<InternalRow> rows) {
            Iterator<InternalRow> javaRows = CollectionConverters.asJava(rows);
            byte[] result = SerializedForm.toBytes(new ReplicaTask(plan, (Integer) partition).run(javaRows));
            return CollectionConverters.asScala(List.of(result).iterator());
        }
    }
}
