package io.firesteel.spark.retrain;

import static io.firesteel.spark.retrain.RetrainingFixture.FIRST;
import static io.firesteel.spark.retrain.RetrainingFixture.REFUSES;
import static io.firesteel.spark.retrain.RetrainingFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.connectors.hadoop.HdfsServer;
import io.firesteel.connectors.hadoop.S3Server;
import io.firesteel.connectors.lease.JobLease;
import io.firesteel.connectors.lease.LeaseAnswer;
import io.firesteel.spark.RunException;
import io.firesteel.spark.SharedSpark;
import io.firesteel.spark.verdict.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data, runs, registry, lease and records on HDFS or S3: what retraining promises is the same there. */
@Timeout(180)
class StorageRetrainingTest {
    @TempDir
    private Path directory;

    @Test
    void retrainsOnHdfs() throws Exception {
        retrainsOn(HdfsServer.start().uri() + "/retraining", HdfsServer.start().client());
    }

    @Test
    void retrainsOnS3() throws Exception {
        Configuration client = S3Server.start().client();
        SharedSpark.session();
        client.getValByRegex("^(spark\\.hadoop\\.)?fs\\.s3a\\.").forEach((key, value) -> {
            SharedSpark.session().sparkContext().hadoopConfiguration().set(key, value);
            // What Spark's own settings would have been: for the tasks, and for what is read before Spark runs.
            SparkEnv.get().conf().set("spark.hadoop." + key, value);
            System.setProperty("spark.hadoop." + key, value);
        });
        retrainsOn(S3Server.start().bucket("retraining"), client);
    }

    private void retrainsOn(String root, Configuration client) throws Exception {
        RetrainingFixture runs = new RetrainingFixture(directory, root, client).job();
        DateResult first = runs.run(FIRST).get(0);
        assertThat(first.outcome()).isEqualTo(Outcome.PROMOTED);
        DateResult second = runs.job(REFUSES).run(SECOND).get(0);
        assertThat(second.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(runs.run(SECOND).get(0).outcome()).isEqualTo(Outcome.ALREADY_DONE);
        String lease = runs.storage().child("runs/points/retraining/lease").uri();
        LeaseAnswer answer = JobLease.acquire(lease, Duration.ofSeconds(60), client);
        try (JobLease held = ((LeaseAnswer.Acquired) answer).lease()) {
            assertThatThrownBy(() -> runs.run(SECOND.plusDays(1)))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining(held.owner().toString());
        }
        Path local = Files.createDirectory(directory.resolve("local"));
        RetrainingFixture onDisk = new RetrainingFixture(local).job();
        onDisk.run(FIRST);
        onDisk.job(REFUSES).run(StepListener.NONE, Set.of(), SECOND);
        assertThat(runs.history()).isEqualTo(onDisk.history());
        assertThat(runs.records()).isEqualTo(onDisk.records());
    }
}
