package io.firesteel.connectors.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.security.UserGroupInformation;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users read when storage fails for good: the URI, the reason, the way out. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StorageFailureTest {
    private static final byte[] CONTENT = "content".getBytes(UTF_8);

    @Test
    void missingBucketIsNamed() {
        ArtifactDirectory runs =
                onS3("s3a://no-such-bucket/runs", S3Server.start().client());
        String reason = "there is no such bucket; create it or correct the location";
        fails(() -> runs.write("f", CONTENT), "Cannot write s3a://no-such-bucket/runs/f: " + reason);
        fails(() -> runs.publishIfAbsent("f", CONTENT), "Cannot write s3a://no-such-bucket/runs/f: " + reason);
        fails(() -> runs.readAll("f"), "Cannot read s3a://no-such-bucket/runs/f: " + reason);
        fails(runs::list, "Cannot list s3a://no-such-bucket/runs: " + reason);
        fails(runs::checkWritable, "Cannot look at s3a://no-such-bucket/runs: " + reason);
    }

    @Test
    void unknownAccessKeyIsTold() {
        String bucket = S3Server.start().bucket("unknown-key");
        Configuration client = S3Server.start().client();
        client.set("fs.s3a.access.key", "nobody");
        fails(
                () -> onS3(bucket, client).write("f", CONTENT),
                "Cannot write " + bucket + "/f: the store doesn't know the access key; correct what"
                        + " fs.s3a.aws.credentials.provider finds");
    }

    @Test
    void wrongSecretIsToldAndNotPrinted() {
        String bucket = S3Server.start().bucket("wrong-secret");
        Configuration client = S3Server.start().client();
        client.set("fs.s3a.secret.key", "a-wrong-secret");
        fails(
                () -> onS3(bucket, client).write("f", CONTENT),
                "Cannot write " + bucket + "/f: the secret doesn't belong to the access key; correct what"
                        + " fs.s3a.aws.credentials.provider finds");
    }

    @Test
    void missingCredentialsAreTold() {
        String bucket = S3Server.start().bucket("no-credentials");
        Configuration client = S3Server.start().stranger();
        client.set("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
        fails(
                () -> onS3(bucket, client).write("f", CONTENT),
                "Cannot write " + bucket + "/f: no credentials; give them by the environment (AWS_ACCESS_KEY_ID,"
                        + " AWS_SECRET_ACCESS_KEY), a role, or hadoop.security.credential.provider.path");
    }

    @Test
    void endpointWhereNobodyAnswersIsNamedWithinTheBudget() throws IOException {
        int port = closedPort();
        Configuration client = S3Server.start().client();
        client.set("fs.s3a.endpoint", "http://127.0.0.1:" + port);
        client.setInt("fs.s3a.attempts.maximum", 1);
        client.setInt("fs.s3a.retry.limit", 1);
        long start = System.nanoTime();
        assertThatThrownBy(() -> onS3("s3a://unreachable", client).write("f", CONTENT))
                .isInstanceOf(ArtifactException.class)
                .hasMessageMatching("Cannot write s3a://unreachable/f: no server answers at 127\\.0\\.0\\.1:" + port
                        + "; start it, or correct the location or, for s3a:, fs\\.s3a\\.endpoint"
                        + " \\(\\d+ attempts? in firesteel\\.storage\\.retry\\.budget = 2000 ms\\)");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void storeWithoutConditionalCreateIsRefused() {
        String bucket = S3Server.start().bucket("unconditional");
        Configuration client = S3Server.start().client();
        client.setBoolean("fs.s3a.create.conditional.enabled", false);
        fails(
                () -> onS3(bucket, client).publishIfAbsent("f", CONTENT),
                "Cannot write " + bucket + "/f: its file system can't create a file on condition that there is none"
                        + " (expected file:, hdfs:, or s3a: with fs.s3a.create.conditional.enabled)");
    }

    @Test
    void nameNodeThatIsAwayIsNamedWithinTheBudget() throws IOException {
        int port = closedPort();
        Configuration client = HdfsServer.start().client();
        long start = System.nanoTime();
        assertThatThrownBy(() -> ArtifactDirectory.of("hdfs://localhost:" + port + "/runs", client)
                        .write("f", CONTENT))
                .isInstanceOf(ArtifactException.class)
                .hasMessageMatching("Cannot write hdfs://localhost:" + port
                        + "/runs/f: no server answers at localhost:" + port
                        + "; start it, or correct the location or, for s3a:, fs\\.s3a\\.endpoint"
                        + " \\(\\d+ attempts? in firesteel\\.storage\\.retry\\.budget = 2000 ms\\)");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void unknownHostIsNamed() {
        fails(
                () -> ArtifactDirectory.of("hdfs://no-such-host.invalid:8020/runs", new Configuration()),
                "Cannot use hdfs://no-such-host.invalid:8020/runs: unknown host (no-such-host.invalid); correct the"
                        + " location or, for s3a:, fs.s3a.endpoint");
    }

    @Test
    void safeModeIsWaitedForAndThenTold() throws IOException {
        ArtifactDirectory runs = Storage.HDFS.emptyDirectory();
        DistributedFileSystem hdfs = HdfsServer.start().fileSystem();
        hdfs.setSafeMode(SafeModeAction.ENTER);
        try {
            assertThatThrownBy(() -> runs.write("f", CONTENT))
                    .isInstanceOf(ArtifactException.class)
                    .hasMessageMatching("Cannot write " + runs.uri() + "/f: HDFS is in safe mode and takes no writes;"
                            + " wait until it is started, or end it with hdfs dfsadmin -safemode leave"
                            + " \\(\\d+ attempts in firesteel\\.storage\\.retry\\.budget = 2000 ms\\)");
        } finally {
            hdfs.setSafeMode(SafeModeAction.LEAVE);
        }
        runs.write("f", CONTENT);
    }

    @Test
    void spaceQuotaIsToldWithItsNumbers() throws IOException {
        ArtifactDirectory runs = directoryWithQuota(HdfsConstants.QUOTA_DONT_SET, 1000);
        assertThatThrownBy(() -> runs.write("f", CONTENT))
                .isInstanceOf(ArtifactException.class)
                .hasMessageStartingWith("Cannot write " + runs.uri()
                        + "/f: the space quota of the directory is used up (The DiskSpace quota of ")
                .hasMessageContaining("quota = 1000 B")
                .hasMessageEndingWith("); delete what is old or raise it with hdfs dfsadmin -setSpaceQuota");
        assertThat(runs.list()).isEmpty();
    }

    @Test
    void quotaOfFilesIsToldWithItsNumbers() throws IOException {
        ArtifactDirectory runs = directoryWithQuota(1, HdfsConstants.QUOTA_DONT_SET);
        assertThatThrownBy(() -> runs.write("f", CONTENT))
                .isInstanceOf(ArtifactException.class)
                .hasMessageStartingWith("Cannot write " + runs.uri()
                        + "/f: the directory may hold no more files (The NameSpace quota (directories and files) of ")
                .hasMessageContaining("quota=1 ")
                .hasMessageEndingWith("); delete what is old or raise its quota with hdfs dfsadmin -setQuota");
    }

    @Test
    void userWithoutTheRightIsNamed() throws Exception {
        String uri = HdfsServer.start().uri() + "/private";
        HdfsServer.start().fileSystem().mkdirs(new Path(uri));
        UserGroupInformation mallory = UserGroupInformation.createRemoteUser("mallory");
        mallory.doAs((PrivilegedExceptionAction<Void>) () -> {
            ArtifactDirectory runs =
                    ArtifactDirectory.of(uri, HdfsServer.start().client());
            assertThatThrownBy(() -> runs.write("f", CONTENT))
                    .isInstanceOf(ArtifactException.class)
                    .hasMessageStartingWith("Cannot write " + uri
                            + "/f: permission denied (user=mallory, access=WRITE, inode=\"/private\":")
                    .hasMessageEndingWith("); have it granted or choose another place");
            return null;
        });
    }

    private static ArtifactDirectory directoryWithQuota(long files, long bytes) throws IOException {
        ArtifactDirectory runs = Storage.HDFS.emptyDirectory();
        DistributedFileSystem hdfs = HdfsServer.start().fileSystem();
        hdfs.mkdirs(new Path(runs.uri()));
        hdfs.setQuota(new Path(runs.uri()), files, bytes);
        return runs;
    }

    /** Hadoop keeps one client for each bucket, whatever its settings. */
    private static ArtifactDirectory onS3(String location, Configuration client) {
        client.setBoolean("fs.s3a.impl.disable.cache", true);
        return ArtifactDirectory.of(location, client);
    }

    private static void fails(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ArtifactException.class).hasMessage(message);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
