package io.firesteel.spark.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.train.CheckpointPolicy;
import io.firesteel.engine.train.HostedShard;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.engine.train.TrainingSpec;
import io.firesteel.engine.train.WirePrecision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CompressionBenchmarkTest {
    private static final Path EXAMPLES = examples();

    private static Path examples() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("examples"))) {
            directory = directory.getParent();
        }
        return directory.resolve("examples");
    }

    @Test
    void everyExchangeIsComparedOnEachDataset() {
        List<String> progress = new ArrayList<>();
        CompressionBenchmark benchmark = new CompressionBenchmark(2, 3, 20, EXAMPLES);
        BenchReport report = benchmark.run(
                new TestingRanks(List.of(new CompressionResult(0.95, 2000), new CompressionResult(Double.NaN, 7))),
                progress::add);

        assertThat(benchmark.replicas()).isEqualTo(2);
        assertThat(report.bench()).isEqualTo("compression");
        assertThat(report.rows()).hasSize(14);
        assertThat(report.rows().get(0))
                .containsEntry("data", "digits")
                .containsEntry("exchange", "float32")
                .containsEntry("replicas", 2)
                .containsEntry("seeds", 3)
                .containsEntry("bytesPerStep", 2000.0)
                .containsEntry("ofFloat32", 1.0);
        assertThat((double) report.rows().get(13).get("accuracy")).isCloseTo(0.95, within(1e-12));
        assertThat(report.text().lines()).hasSize(15);
        assertThat(report.text()).contains("digits   float32").contains("95.00").contains("2,000");
        assertThat(progress).hasSize(14).first().isEqualTo("digits with float32: 95.00 %, 2,000 bytes a step");
    }

    @Test
    void rowsAreThoseOfTheExamples() {
        LabelledImages digits = new ImageFiles(EXAMPLES).digits();
        assertThat(digits.labels()).hasSize(1797).startsWith((byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 5);
        assertThat(digits.size()).isEqualTo(64);
        assertThat(digits.trainingRows(2)).containsExactly(719, 719);
        LabelledImages fashion = new ImageFiles(EXAMPLES).fashion();
        assertThat(fashion.labels()).hasSize(4000).startsWith((byte) 9, (byte) 0, (byte) 0);
        assertThat(fashion.size()).isEqualTo(784);
        assertThat(fashion.trainingImages()).isEqualTo(3000);
        try (HostedShard shard = fashion.shard(1, 3)) {
            assertThat(shard.training().rows())
                    .isEqualTo(fashion.trainingRows(3)[1])
                    .isEqualTo(1000);
            assertThat(shard.validation().rows()).isEqualTo(333);
        }
    }

    @Test
    void oneReplicaLearnsDigitsAndSendsNothing() {
        Torch.start(1);
        LabelledImages digits = new ImageFiles(EXAMPLES).digits();
        TrainingSpec spec = new TrainingSpec(
                digits.layout(),
                new Mlp(List.of(32), 10, Activation.RELU),
                LossFunction.CROSS_ENTROPY,
                Optimization.of(new Adam(0.003, 0.9, 0.999, 1e-8, 0)),
                WirePrecision.BFLOAT16,
                List.of("accuracy"),
                5,
                64,
                1,
                CheckpointPolicy.NEVER,
                List.of());
        try (Communicator communicator = Communicator.local();
                Network network = spec.network(Device.cpu());
                HostedShard shard = digits.shard(0, 1)) {
            CompressionResult result = new CompressionBody(digits, spec).train(communicator, shard, network);
            assertThat(result.accuracy()).isBetween(0.8, 1.0);
            assertThat(result.bytesPerStep()).isZero();
        }
    }

    @Test
    void argumentsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new CompressionBenchmark(1, 3, 20, EXAMPLES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid replicas: 1 (must be >= 2)");
        assertThatThrownBy(() -> new CompressionBenchmark(2, 0, 20, EXAMPLES))
                .hasMessage("Invalid seeds: 0 (must be >= 1)");
        assertThatThrownBy(() -> new CompressionBenchmark(2, 1, 0, EXAMPLES))
                .hasMessage("Invalid epochs: 0 (must be >= 1)");
    }

    @Test
    void missingImagesAreNamed() {
        Path nowhere = Path.of("no-such-directory");
        assertThatThrownBy(() -> new CompressionBenchmark(2, 3, 20, nowhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot read the images of no-such-directory/digits/digits.csv.gz: ")
                .hasMessageEndingWith("; --examples names the directory of the examples");
    }
}
