package io.firesteel.connectors.source;

import io.firesteel.connectors.hadoop.FailureReason;
import io.firesteel.engine.data.DataException;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;

/** Rows being read by Spark, and in words what goes wrong with that. */
public final class SparkReading {
    private SparkReading() {}

    /**
     * Does something that makes Spark read rows.
     *
     * @throws DataException if storage keeps them back, or a value isn't what the job takes it for
     */
    public static <T> T of(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DataException e) {
            throw e;
        } catch (Exception e) {
            // Spark's Scala methods throw checked exceptions undeclared.
            if (e instanceof RuntimeException unexpected && !isOfReading(unexpected)) {
                throw unexpected;
            }
            throw new DataException(
                    "Cannot read the data: "
                            + FailureReason.find(e)
                                    .orElseGet(() -> DatasetLocation.firstSentence(DatasetLocation.rootOf(e))),
                    e);
        }
    }

    /** Our own failures have said what is wrong, whatever their cause. */
    private static boolean isOfReading(RuntimeException e) {
        boolean ours = e.getClass().getName().startsWith("io.firesteel.");
        return !ours && (e instanceof SparkThrowable || FailureReason.find(e).isPresent());
    }
}
