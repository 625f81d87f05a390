package io.firesteel.spark;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The one Spark of this JVM's tests, for starting it takes seconds: four slots, and the settings and the plugin that a run of
 * its own would have. It ends with the JVM.
 */
public final class SharedSpark {
    /** Barrier tasks that can run at once. */
    public static final int SLOTS = 4;

    private SharedSpark() {}

    /** The session; the first call starts Spark. */
    public static SparkSession session() {
        return Holder.SESSION;
    }

    /** Starts Spark when a test first asks for it. */
    private static final class Holder {
        private static final SparkSession SESSION = start();

        private static SparkSession start() {
            Map.of("spark.ui.enabled", "false", "spark.sql.shuffle.partitions", "2")
                    .forEach(System::setProperty);
            return SparkSessions.open("tests", Optional.of("local[" + SLOTS + "]"));
        }
    }
}
