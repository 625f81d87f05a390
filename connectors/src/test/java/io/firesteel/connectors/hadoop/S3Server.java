package io.firesteel.connectors.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * S3Proxy in this JVM over a folder under target/, started by the first test that asks. Its libraries are newer than Spark's,
 * so they are in a class loader of their own, from the list that the build leaves beside the test classes.
 */
public final class S3Server {
    private static final String ACCESS_KEY = "test-access-key";
    private static final String SECRET_KEY = "test-secret-key";
    private static final String LOGBACK = "<configuration><root level=\"OFF\"/></configuration>";

    private static S3Server running;

    private final int port;
    private final Path folder;

    private S3Server(int port, Path folder) {
        this.port = port;
        this.folder = folder;
    }

    /** The one of this JVM. */
    public static synchronized S3Server start() {
        if (running == null) {
            try {
                Path folder = Files.createDirectories(
                        Path.of("target", "s3-" + ProcessHandle.current().pid()).toAbsolutePath());
                int port = freePort();
                launch(folder, port);
                running = new S3Server(port, folder.resolve("buckets"));
            } catch (IOException | ReflectiveOperationException e) {
                throw new IllegalStateException("Cannot start the S3 server", e);
            }
        }
        return running;
    }

    /** Makes a bucket, if it isn't there, and names it as {@code s3a://NAME}. */
    public String bucket(String name) {
        try {
            Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make bucket " + name, e);
        }
        return "s3a://" + name;
    }

    /** Settings of a client that may do everything. */
    public Configuration client() {
        Configuration configuration = stranger();
        configuration.set("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
        configuration.set("fs.s3a.access.key", ACCESS_KEY);
        configuration.set("fs.s3a.secret.key", SECRET_KEY);
        return configuration;
    }

    /** Settings of a client without credentials. */
    Configuration stranger() {
        Configuration configuration = new Configuration();
        configuration.set("fs.s3a.endpoint", "http://127.0.0.1:" + port);
        configuration.set("fs.s3a.endpoint.region", "us-east-1");
        configuration.setBoolean("fs.s3a.path.style.access", true);
        configuration.setBoolean("fs.s3a.connection.ssl.enabled", false);
        configuration.set("fs.s3a.buffer.dir", folder.resolveSibling("s3a").toString());
        configuration.set(RetryBudget.KEY, "2s");
        return configuration;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void launch(Path folder, int port) throws IOException, ReflectiveOperationException {
        Files.createDirectories(folder.resolve("buckets"));
        Files.writeString(folder.resolve("logback.xml"), LOGBACK);
        Path properties = Files.writeString(folder.resolve("s3proxy.properties"), properties(folder, port));
        PrintStream err = System.err;
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        // Never closed: it serves until the JVM ends.
        ClassLoader loader = new URLClassLoader(classPath(folder), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass("org.gaul.s3proxy.Main")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {"--properties", properties.toString()});
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            // The server takes it for its log where there is no console.
            System.setErr(err);
        }
    }

    private static String properties(Path folder, int port) {
        return String.join(
                "\n",
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + ACCESS_KEY,
                "s3proxy.credential=" + SECRET_KEY,
                "jclouds.provider=filesystem",
                "jclouds.identity=unused",
                "jclouds.credential=unused",
                "jclouds.filesystem.basedir=" + folder.resolve("buckets"));
    }

    private static URL[] classPath(Path folder) throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(folder.toUri().toURL());
        try (InputStream list = S3Server.class.getResourceAsStream("/s3-server.class-path")) {
            if (list == null) {
                throw new IOException("no list of its jars; build with Maven up to process-test-resources first");
            }
            for (String jar : new String(list.readAllBytes(), UTF_8).lines().toList()) {
                urls.add(Path.of(jar).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
