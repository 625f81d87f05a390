package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.HdfsServer;
import io.firesteel.connectors.hadoop.S3Server;
import io.firesteel.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data, run and checkpoints on HDFS or S3: the weights are those of the same job on a local disk. */
@Timeout(120)
class StorageTrainingTest {
    private static final String CHECKPOINT = "checkpoint: {everyIterations: 2, keep: 2}";

    @TempDir
    private Path directory;

    private TrainingRuns runs;

    @BeforeEach
    void writeData() {
        runs = new TrainingRuns(directory);
        Blobs.of(150, 1).writeCsv(directory.resolve("train.csv"));
    }

    @Test
    void trainsOnHdfs() throws IOException {
        trainsOn(HdfsServer.start().uri() + "/training", HdfsServer.start().client());
    }

    @Test
    void trainsOnS3() throws IOException {
        Configuration client = S3Server.start().client();
        SharedSpark.session();
        client.getValByRegex("^fs\\.s3a\\.").forEach((key, value) -> {
            SharedSpark.session().sparkContext().hadoopConfiguration().set(key, value);
            // What Spark's own settings would have been, for the tasks.
            SparkEnv.get().conf().set("spark.hadoop." + key, value);
        });
        trainsOn(S3Server.start().bucket("training"), client);
    }

    private void trainsOn(String root, Configuration client) throws IOException {
        ArtifactDirectory storage = ArtifactDirectory.of(root, client);
        storage.write("data/train.csv", Files.readAllBytes(directory.resolve("train.csv")));
        String data = "data: {format: csv, path: \"" + root + "/data/*.csv\","
                + " options: {header: \"true\", inferSchema: \"true\"}}";
        Path copy = directory.resolve("copy.json");
        runs.train(TrainingRuns.job(data, "output: \"" + root + "/runs\"", CHECKPOINT), "--report", copy.toString())
                .done();
        JsonNode report = TrainingRuns.json(copy);
        runs.train(TrainingRuns.job(CHECKPOINT)).done();
        assertThat(report.get("model").get("sha256"))
                .isEqualTo(runs.report().get("model").get("sha256"));
        ArtifactDirectory run = storage.child("runs/" + TrainingRuns.NAME + "/" + TrainingRuns.RUN_ID);
        assertThat(run.list()).containsExactly("checkpoints", "history.jsonl", "job.yaml", "model", "report.json");
        assertThat(run.child("checkpoints").list())
                .isEqualTo(TrainingRuns.contents(runs.runDirectory().resolve("checkpoints")));
        assertThat(run.child("model").list()).containsExactly("metrics.json", "model.yaml", "weights.safetensors");
        assertThat(run.child("model").readAll("weights.safetensors"))
                .isEqualTo(Files.readAllBytes(runs.runDirectory().resolve("model/weights.safetensors")));
    }
}
