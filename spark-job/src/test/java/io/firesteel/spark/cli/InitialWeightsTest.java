package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training that begins with the weights of another. */
@Timeout(120)
class InitialWeightsTest {
    /** So small a step that no weight changes by a bit. */
    private static final String STANDING = "optimizer: {type: sgd, learningRate: 1e-30}";

    private static final String TRAIN = "train: {epochs: 1, batchSize: 32, shards: 2, replicas: 2, initialWeights: %s}";

    @TempDir
    private Path directory;

    private TrainingRuns runs;

    @BeforeEach
    void writeData() {
        runs = new TrainingRuns(directory);
        Blobs.of(150, 1).writeCsv(directory.resolve("train.csv"));
    }

    @Test
    void trainingBeginsWithTheWeightsOfTheFile() throws IOException {
        runs.train(TrainingRuns.job()).done();
        String weights = "runs/" + TrainingRuns.NAME + "/" + TrainingRuns.RUN_ID + "/model/weights.safetensors";
        runs.train(TrainingRuns.job(STANDING, String.format(TRAIN, weights)), "--run-id", "warm")
                .done();
        assertThat(Files.readAllBytes(runs.runDirectory("warm").resolve("model/weights.safetensors")))
                .isEqualTo(Files.readAllBytes(runs.runDirectory().resolve("model/weights.safetensors")));
    }

    @Test
    void weightsOfAnotherModelAreRefusedBeforeAnythingIsWritten() {
        runs.train(TrainingRuns.job()).done();
        String weights =
                runs.runDirectory().resolve("model/weights.safetensors").toString();
        TrainingRuns.Ended ended = runs.train(
                TrainingRuns.job("model: {type: mlp, hidden: [4], outputs: 3}", String.format(TRAIN, weights)),
                "--run-id",
                "warm");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith("Cannot load weights from " + weights + ": ")
                .contains("(see train.initialWeights)");
        assertThat(runs.runDirectory("warm")).doesNotExist();
    }

    @Test
    void missingFileIsNamed() {
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job(String.format(TRAIN, "nowhere.safetensors")));
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err())
                .startsWith("Cannot read file:" + directory.resolve("nowhere.safetensors"))
                .contains("(see train.initialWeights)");
    }

    @Test
    void fileThatHoldsNoWeightsIsNamed() {
        runs.write("text.safetensors", "no weights at all");
        TrainingRuns.Ended ended = runs.train(TrainingRuns.job(String.format(TRAIN, "text.safetensors")));
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).startsWith("Cannot read initial weights ").contains("text.safetensors: ");
    }
}
