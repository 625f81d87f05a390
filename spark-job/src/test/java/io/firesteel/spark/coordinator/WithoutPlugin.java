package io.firesteel.spark.coordinator;

/** Lets a test run as in a session that was started without the coordinator's plugin. */
public final class WithoutPlugin {
    private WithoutPlugin() {}

    /** Does something while this process has no line to the coordinator. */
    public static void run(Runnable body) {
        DriverLine line = CoordinatorClient.install(null);
        try {
            body.run();
        } finally {
            CoordinatorClient.install(line);
        }
    }
}
