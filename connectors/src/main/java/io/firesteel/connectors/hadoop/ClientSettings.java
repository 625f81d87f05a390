package io.firesteel.connectors.hadoop;

import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * What Hadoop's clients are told where nobody says otherwise: to give up on a server after seconds, where their own defaults
 * take up to a quarter of an hour, and to ask sooner whether a small file is complete (25 ms a file in place of 200). Hadoop
 * keeps one client for each server and user, with the settings of who asks first; so that Spark says the same when it is
 * first, they stand in conf/hdfs.conf and conf/s3.conf too.
 */
public final class ClientSettings {
    private static final Map<String, String> PATIENCE = Map.of(
            "ipc.client.connect.timeout", "5000",
            "ipc.client.connect.max.retries", "3",
            "ipc.client.connect.max.retries.on.timeouts", "2",
            "dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5",
            "dfs.client.block.write.locateFollowingBlock.retries", "11",
            "fs.s3a.connection.establish.timeout", "5s",
            "fs.s3a.attempts.maximum", "3",
            "fs.s3a.retry.limit", "3");

    private ClientSettings() {}

    /** A copy with them. */
    static Configuration in(Configuration configuration) {
        Configuration copy = new Configuration(configuration);
        addTo(copy);
        return copy;
    }

    /** Sets them, for clients that others will make. */
    public static void addTo(Configuration configuration) {
        PATIENCE.forEach((key, value) -> {
            if (!isSet(configuration, key)) {
                configuration.set(key, value, "Firesteel's default");
            }
        });
    }

    /** Hadoop's defaults come from files such as core-default.xml. */
    private static boolean isSet(Configuration configuration, String key) {
        String[] sources = configuration.getPropertySources(key);
        return sources != null && !Arrays.stream(sources).allMatch(source -> source.endsWith("-default.xml"));
    }
}
