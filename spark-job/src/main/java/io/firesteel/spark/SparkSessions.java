package io.firesteel.spark;

import io.firesteel.connectors.hadoop.ClientSettings;
import io.firesteel.spark.coordinator.CoordinatorPlugin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Spark sessions with what training needs; what the user has set stays as it is. */
public final class SparkSessions {
    private static final String PLUGINS = "spark.plugins";

    private SparkSessions() {}

    /**
     * Does something with a session. Where Spark runs in this process already, a session of its own over the same context,
     * which stays open whatever master is asked for; elsewhere Spark is started and stopped again.
     *
     * @throws RunException if Spark can't be started
     */
    public static <T> T with(String name, Optional<String> master, Function<SparkSession, T> body) {
        Option<SparkSession> running = SparkSession.getDefaultSession();
        if (running.isDefined() && !running.get().sparkContext().isStopped()) {
            SparkSession spark = running.get().newSession();
            plan(spark);
            return body.apply(spark);
        }
        SparkSession spark = start(name, master);
        try {
            return body.apply(spark);
        } finally {
            spark.stop();
        }
    }

    private static SparkSession start(String name, Optional<String> master) {
        try {
            return open(name, master);
        } catch (Exception e) {
            // Spark's Scala constructors throw checked exceptions undeclared.
            String reason = firstLine(e);
            // A master that nobody understands is the command line's fault; one that doesn't answer is not.
            RunException.Fault fault =
                    reason.contains("Master URL") ? RunException.Fault.JOB : RunException.Fault.TRAINING;
            throw new RunException(
                    fault, "Cannot start Spark on " + master.orElse("the master that is set") + ": " + reason, e);
        }
    }

    private static String firstLine(Exception failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    static SparkSession open(String name, Optional<String> master) {
        SparkConf conf = new SparkConf();
        defaults().forEach(conf::setIfMissing);
        addPlugin(conf);
        master.ifPresent(conf::setMaster);
        conf.setIfMissing("spark.master", "local[*]");
        SparkSession spark = SparkSession.builder()
                .config(conf.setAppName("firesteel " + name))
                .getOrCreate();
        plan(spark);
        return spark;
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        // Spark counts slots before executors have registered, and then looks again after 15 s by default.
        defaults.put("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s");
        defaults.put("spark.barrier.sync.timeout", "120s");
        // A task that ignores its interrupt would keep its slot from the next attempt for ever.
        defaults.put("spark.task.reaper.enabled", "true");
        defaults.put("spark.task.reaper.killTimeout", "30s");
        defaults.put("spark.task.reaper.pollingInterval", "2s");
        defaults.put("spark.network.timeout", "60s");
        defaults.put("spark.network.timeoutInterval", "10s");
        defaults.put("spark.executor.heartbeatInterval", "5s");
        defaults.put("spark.dynamicAllocation.enabled", "false");
        defaults.put("spark.ui.showConsoleProgress", "false");
        defaults.put("spark.executorEnv.OMP_NUM_THREADS", "1");
        return defaults;
    }

    private static void addPlugin(SparkConf conf) {
        String plugin = CoordinatorPlugin.class.getName();
        String plugins = conf.get(PLUGINS, "");
        if (!plugins.contains(plugin)) {
            conf.set(PLUGINS, plugins.isEmpty() ? plugin : plugins + "," + plugin);
        }
    }

    private static void plan(SparkSession spark) {
        ClientSettings.addTo(spark.sparkContext().hadoopConfiguration());
        // The partition of a row is its rank: nothing may merge partitions behind our back.
        spark.conf().set("spark.sql.adaptive.enabled", "false");
        // Wide tables lose code generation, and half their speed, above 100 columns.
        spark.conf().set("spark.sql.codegen.maxFields", "10000");
    }
}
