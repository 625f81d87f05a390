package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.train.Batching;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.engine.train.WirePrecision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The records refuse what the job file can't say either, and share no mutable state. */
class ConfigRecordsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void wrongValueIsRefused(String message, ThrowingCallable construction) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> wrongValueIsRefused() {
        FeatureColumns whole = new FeatureColumns.Whole("a");
        return Stream.of(
                refused("Invalid epochs: 0 (must be a whole number >= 1)", () -> train(0, 1, MINUTE)),
                refused("Invalid batchSize: 0 (must be >= 1)", () -> train(1, 0, MINUTE)),
                refused(
                        "Invalid communicationTimeout: PT0S (must be a number of seconds > 0 and <= 86400)",
                        () -> train(1, 1, Duration.ZERO)),
                refused("Invalid replicas: 3 (must be <= shards, 2)", () -> job().withPlacement(2, 3)),
                refused("Invalid shards: 0 (must be a whole number >= 1)", () -> job().withPlacement(0, 0)),
                refused("Invalid everyIterations: 0 (must be a whole number >= 1)", () -> new CheckpointConfig(0, 1)),
                refused("Invalid keep: 0 (must be a whole number >= 1)", () -> new CheckpointConfig(1, 0)),
                refused("Invalid column:  (must be a string that isn't empty)", () -> new WeightConfig("")),
                refused(
                        "Invalid columns: [] (must be a list of strings, at least 1)",
                        () -> new LabelConfig(List.of(), ElementType.INT64)),
                refused("Invalid fraction: 1.0 (must be a number > 0 and < 1)", () -> new ValidationConfig.Split(1)),
                refused(
                        "Invalid path: none (must be at least one with format csv)",
                        () -> new DataConfig("csv", List.of(), Map.of(), Map.of(), Optional.empty(), Optional.empty())),
                refused(
                        "Invalid shape: [0] (must be a list of whole numbers >= 1)",
                        () -> new FeatureConfig("x", whole, Optional.of(List.of(0)), ElementType.FLOAT32, 1, 0)),
                refused(
                        "Invalid scale: NaN (must be a finite number)",
                        () -> new FeatureConfig("x", whole, Optional.empty(), ElementType.FLOAT32, Double.NaN, 0)),
                refused(
                        "Invalid label.type: int64 (must be float32 with loss l1)",
                        () -> job("digits", LossFunction.L1)),
                refused(
                        "Invalid name: a/b (must be a name of letters, digits, '.', '_' and '-' that doesn't start with"
                                + " '.')",
                        () -> job("a/b", LossFunction.CROSS_ENTROPY)));
    }

    @Test
    void recordsKeepWhatTheyWereGiven() {
        List<String> paths = new ArrayList<>(List.of("a"));
        Map<String, String> options = new HashMap<>(Map.of("k", "v"));
        DataConfig data = new DataConfig("csv", paths, options, Map.of(), Optional.empty(), Optional.empty());
        paths.add("b");
        options.clear();
        assertThat(data.paths()).containsExactly("a");
        assertThat(data.options()).containsExactly(Map.entry("k", "v"));
        assertThatThrownBy(() -> data.options().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void missingValueIsNamed() {
        assertThatThrownBy(() -> new WeightConfig(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("column");
    }

    @Test
    void placementIsAllThatWithPlacementChanges() {
        JobConfig placed = job().withPlacement(4, 2);
        assertThat(placed.train().shards()).contains(4);
        assertThat(placed.train().replicas()).contains(2);
        assertThat(placed).isEqualTo(Jobs.parse(Jobs.MINIMAL, "train.shards=4", "train.replicas=2"));
    }

    @Test
    void columnsAreExplicitWithoutGlobs() {
        assertThat(new FeatureColumns.Scalars(List.of("a", "b")).isExplicit()).isTrue();
        assertThat(new FeatureColumns.Scalars(List.of("a", "b?")).isExplicit()).isFalse();
        assertThat(new FeatureColumns.Scalars(List.of("*")).isExplicit()).isFalse();
    }

    private static Arguments refused(String message, ThrowingCallable construction) {
        return arguments(message, construction);
    }

    private static TrainConfig train(int epochs, int batchSize, Duration timeout) {
        return new TrainConfig(
                epochs,
                Batching.of(batchSize),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                DeviceChoice.AUTO,
                WirePrecision.FLOAT32,
                LinkConfig.DEFAULT,
                timeout,
                Duration.ofMinutes(10));
    }

    private static JobConfig job() {
        return Jobs.parse(Jobs.MINIMAL);
    }

    private static JobConfig job(String name, LossFunction loss) {
        JobConfig job = job();
        return new JobConfig(
                name,
                job.seed(),
                job.data(),
                job.features(),
                job.label(),
                job.weight(),
                job.model(),
                loss,
                job.optimizer(),
                job.train(),
                job.metrics(),
                job.setup(),
                job.handlers(),
                job.checkpoint(),
                job.retraining(),
                job.output());
    }
}
