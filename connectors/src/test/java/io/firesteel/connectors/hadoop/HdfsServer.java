package io.firesteel.connectors.hadoop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A NameNode and a DataNode in this JVM, started by the first test that asks and ended with it. */
public final class HdfsServer {
    private static HdfsServer running;

    private final MiniDFSCluster cluster;

    private HdfsServer(MiniDFSCluster cluster) {
        this.cluster = cluster;
    }

    /** The one of this JVM. */
    public static synchronized HdfsServer start() {
        if (running == null) {
            running = new HdfsServer(cluster());
        }
        return running;
    }

    /** {@code hdfs://localhost:PORT}. */
    public String uri() {
        return cluster.getURI().toString();
    }

    /** Settings of a client: none but that failures don't wait long for luck. */
    public Configuration client() {
        Configuration configuration = new Configuration();
        configuration.set(RetryBudget.KEY, "2s");
        return configuration;
    }

    /** Does something while the NameNode takes no writes. */
    public void inSafeMode(Runnable body) throws IOException {
        fileSystem().setSafeMode(SafeModeAction.ENTER);
        try {
            body.run();
        } finally {
            fileSystem().setSafeMode(SafeModeAction.LEAVE);
        }
    }

    DistributedFileSystem fileSystem() throws IOException {
        return cluster.getFileSystem();
    }

    private static MiniDFSCluster cluster() {
        try {
            // The cluster's own client is the one that everybody in this JVM gets.
            Configuration configuration = ClientSettings.in(new Configuration());
            // Not under target: a DataNode doesn't start in a folder whose path has a space, and the cluster waits for
            // it for ever.
            Path folder = Files.createTempDirectory("firesteel-hdfs-");
            configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
            MiniDFSCluster cluster =
                    new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
            cluster.waitActive();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                cluster.shutdown();
                FileUtil.fullyDelete(folder.toFile());
            }));
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start HDFS", e);
        }
    }
}
