package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.HdfsServer;
import io.firesteel.connectors.hadoop.S3Server;
import io.firesteel.spark.SharedSpark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Storage that fails, from the command line: exit code 3, one paragraph, within the budget, and nothing left behind. */
@Timeout(120)
class UnreachableStorageTest {
    private static final String BUDGET = "firesteel.storage.retry.budget";
    private static final String NO_BUCKET = "there is no such bucket; create it or correct the location";
    private static final String WRONG_SECRET =
            "the secret doesn't belong to the access key; correct what fs.s3a.aws.credentials.provider finds";
    private static final String ATTEMPTS = " \\(\\d+ attempts? in firesteel\\.storage\\.retry\\.budget = 1000 ms\\)";

    @TempDir
    private Path directory;

    private TrainingRuns runs;

    @BeforeEach
    void writeData() {
        runs = new TrainingRuns(directory);
        Blobs.of(40, 1).writeCsv(directory.resolve("train.csv"));
        set(BUDGET, "1s");
    }

    @AfterEach
    void forgetBudget() {
        hadoop().unset(BUDGET);
    }

    @Test
    void dataInAMissingBucketIsTold() {
        useS3();
        assertUnreachable(
                train(data("s3a://no-such-bucket/rows/*.csv")),
                Pattern.quote("Cannot read s3a://no-such-bucket/rows/*.csv as csv: " + NO_BUCKET));
    }

    @Test
    void outputInAMissingBucketIsTold() {
        useS3();
        assertUnreachable(
                train("output: s3a://no-such-bucket/runs"),
                Pattern.quote("Cannot look at s3a://no-such-bucket/runs/blobs/r1: " + NO_BUCKET));
    }

    @Test
    void wrongSecretIsToldForDataAndOutputAndIsNotPrinted() {
        String bucket = lockedBucket("locked");
        assertUnreachable(
                train(data(bucket + "/train.csv")),
                Pattern.quote("Cannot read " + bucket + "/train.csv as csv: " + WRONG_SECRET));
        assertUnreachable(
                train("output: " + bucket + "/runs"),
                Pattern.quote("Cannot look at " + bucket + "/runs/blobs/r1: " + WRONG_SECRET));
    }

    @Test
    void unknownAccessKeyIsTold() {
        useS3();
        S3Server.start().bucket("stranger");
        set("fs.s3a.bucket.stranger.access.key", "nobody");
        assertUnreachable(
                train(data("s3a://stranger/train.csv")),
                Pattern.quote("Cannot read s3a://stranger/train.csv as csv: the store doesn't know the access key;"
                        + " correct what fs.s3a.aws.credentials.provider finds"));
    }

    @Test
    void safeModeIsWaitedForAndThenTold() throws IOException {
        String root = HdfsServer.start().uri() + "/unreachable";
        HdfsServer.start()
                .inSafeMode(() -> assertUnreachable(
                        train("output: " + root),
                        Pattern.quote("Cannot write to " + root + "/blobs/r1: HDFS is in safe mode and takes no writes;"
                                        + " wait until it is started, or end it with hdfs dfsadmin -safemode leave")
                                + ATTEMPTS));
    }

    @Test
    void dataIsReadWhileHdfsIsInSafeMode() throws IOException {
        String root = HdfsServer.start().uri() + "/readable";
        ArtifactDirectory.of(root, HdfsServer.start().client())
                .write("train.csv", Files.readAllBytes(directory.resolve("train.csv")));
        HdfsServer.start()
                .inSafeMode(() ->
                        runs.train(TrainingRuns.job(data(root + "/train.csv"))).done());
    }

    @Test
    void nameNodeThatIsAwayIsNamedWithinTheBudget() throws IOException {
        String away = "hdfs://localhost:" + closedPort();
        String reason = Pattern.quote(": no server answers at " + away.substring("hdfs://".length())
                        + "; start it, or correct the location or, for s3a:, fs.s3a.endpoint")
                + ATTEMPTS;
        long start = System.nanoTime();
        assertUnreachable(train(data(away + "/train.csv")), "Cannot read " + away + "/train\\.csv as csv" + reason);
        assertUnreachable(train("output: " + away + "/runs"), "Cannot look at " + away + "/runs/blobs/r1" + reason);
        assertUnreachable(evaluate(away + "/scores.csv"), "Cannot read " + away + "/scores\\.csv as csv" + reason);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(45));
    }

    @Test
    void jobFileThatIsOutOfReachIsToldAsSuch() throws IOException {
        String away = "hdfs://localhost:" + closedPort() + "/job.yaml";
        System.setProperty("spark.hadoop." + BUDGET, "1s");
        try {
            assertUnreachable(
                    TrainingRuns.run("train", away),
                    "Cannot read job file " + away + ": no server answers at .*" + ATTEMPTS);
        } finally {
            System.clearProperty("spark.hadoop." + BUDGET);
        }
    }

    @Test
    void evaluateTellsOfBucketsAndSecrets() {
        useS3();
        String bucket = lockedBucket("locked-scores");
        assertUnreachable(
                evaluate("s3a://no-such-bucket/scores.csv"),
                Pattern.quote("Cannot read s3a://no-such-bucket/scores.csv as csv: " + NO_BUCKET));
        assertUnreachable(
                evaluate(bucket + "/scores.csv"),
                Pattern.quote("Cannot read " + bucket + "/scores.csv as csv: " + WRONG_SECRET));
    }

    @Test
    void fileThatIsNotThereIsStillTheReason() {
        useS3();
        String bucket = S3Server.start().bucket("reachable");
        assertUnreachable(
                train(data(bucket + "/missing.csv")),
                Pattern.quote("Cannot read " + bucket + "/missing.csv as csv: no such file or directory"));
    }

    private TrainingRuns.Ended train(String line) {
        runs.write("job.yaml", TrainingRuns.job(line));
        List<String> before = TrainingRuns.contents(directory);
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job(line));
        assertThat(TrainingRuns.contents(directory)).isEqualTo(before);
        return ended;
    }

    private static TrainingRuns.Ended evaluate(String predictions) {
        return TrainingRuns.run(
                "evaluate", "--predictions", predictions, "--columns", "prediction=p,label=y", "--metrics", "accuracy");
    }

    private static void assertUnreachable(TrainingRuns.Ended ended, String message) {
        assertThat(ended.err()).matches(message + System.lineSeparator());
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
    }

    private static String data(String path) {
        return "data: {format: csv, path: \"" + path + "\", options: {header: \"true\", inferSchema: \"true\"}}";
    }

    private static String lockedBucket(String name) {
        useS3();
        set("fs.s3a.bucket." + name + ".secret.key", "a-wrong-secret");
        return S3Server.start().bucket(name);
    }

    private static void useS3() {
        S3Server.start().client().getValByRegex("^fs\\.s3a\\.").forEach(UnreachableStorageTest::set);
    }

    private static void set(String key, String value) {
        hadoop().set(key, value);
        // What Spark's own settings would have been, for the tasks.
        SparkEnv.get().conf().set("spark.hadoop." + key, value);
    }

    private static Configuration hadoop() {
        return SharedSpark.session().sparkContext().hadoopConfiguration();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
