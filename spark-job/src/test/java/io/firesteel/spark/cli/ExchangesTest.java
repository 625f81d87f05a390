package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How replicas reach each other and share their work is said by the job file, and changes no bit of what they learn. */
class ExchangesTest {
    @TempDir
    private Path directory;

    private TrainingRuns runs;

    @BeforeEach
    void writeData() {
        runs = new TrainingRuns(directory);
        Blobs.of(150, 1).writeCsv(directory.resolve("train.csv"));
    }

    private String sha256(String name, String job) {
        runs.train(job, "--run-id", name).done();
        return TrainingRuns.json(runs.runDirectory(name).resolve("report.json"))
                .get("model")
                .get("sha256")
                .asText();
    }

    private static String train(String more) {
        return "train: {epochs: 2, batchSize: 32, shards: 3, replicas: 2" + more + "}";
    }

    @Test
    void everyTransportGivesTheSameBits() {
        Set<String> hashes = new LinkedHashSet<>();
        List<String> links = List.of(
                "",
                ", links: {transport: sockets}",
                ", links: {transport: sockets, checksum: true}",
                ", links: {transport: driver}");
        for (int i = 0; i < links.size(); i++) {
            hashes.add(sha256("links-" + i, TrainingRuns.job(train(links.get(i)))));
        }
        assertThat(hashes).hasSize(1);
    }

    @Test
    void shardedOptimizerGivesTheSameBits() {
        String whole = "optimizer: {type: adamw, learningRate: 0.05, clip: {norm: 0.5}}";
        String sharded = "optimizer: {type: adamw, learningRate: 0.05, clip: {norm: 0.5}, sharded: true}";
        assertThat(sha256("sharded", TrainingRuns.job(train(""), sharded)))
                .isEqualTo(sha256("whole", TrainingRuns.job(train(""), whole)));
    }

    @Test
    void lossyExchangesAndLocalStepsTrainToo() {
        Set<String> hashes = new LinkedHashSet<>();
        List<String> ways = List.of(
                "",
                ", exchange: {precision: bfloat16}",
                ", exchange: {compression: {type: powerSgd, rank: 1, startIteration: 1}}",
                ", sync: {every: 3}");
        for (int i = 0; i < ways.size(); i++) {
            hashes.add(sha256("ways-" + i, TrainingRuns.job(train(ways.get(i)))));
        }
        assertThat(hashes).hasSizeGreaterThan(2);
    }

    @Test
    void unknownTransportIsRefused() {
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job(train(", links: {transport: pigeon}")));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("train.links.transport").contains("auto, sockets, driver");
    }
}
