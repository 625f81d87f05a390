package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.firesteel.engine.data.BatchRamp;
import io.firesteel.engine.data.BatchRamp.Shape;
import io.firesteel.engine.train.Batching;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How many rows make an iteration, and how many iterations a step. */
class BatchingTest {
    @Test
    void everyKeyIsRead() {
        assertThat(batching("accumulate: 4, batchRamp: {start: 8, epochs: 6, every: 2, shape: exponential}"))
                .isEqualTo(new Batching(32, 4, new BatchRamp(8, 6, 2, Shape.EXPONENTIAL)));
        assertThat(batching("batchSize: 64, batchRamp: {start: 8, epochs: 3}"))
                .isEqualTo(Batching.of(64).withRamp(BatchRamp.linear(8, 3)));
        assertThat(batching("sync: {every: 1}, accumulate: 2"))
                .isEqualTo(Batching.of(32).withAccumulate(2));
    }

    private static Batching batching(String keys) {
        return Jobs.parse(job(keys)).train().batching();
    }

    private static String job(String keys) {
        return Jobs.MINIMAL.replace("{epochs: 1}", "{epochs: 1, " + keys + "}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void mistakesAreRefused(String keys, String message) {
        assertThatThrownBy(() -> Jobs.parse(job(keys)))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith(message);
    }

    static Stream<Arguments> mistakesAreRefused() {
        return Stream.of(
                arguments("accumulate: 0", "train.accumulate: Invalid value: 0 (must be a whole number >= 1)"),
                arguments("acumulate: 2", "train.acumulate: Unknown key (did you mean 'accumulate'?)"),
                arguments(
                        "accumulate: 2, sync: {every: 4}",
                        "train.accumulate: Invalid value: 2 (must be 1 with sync: every shard takes steps of its own then)"),
                arguments(
                        "batchRamp: {start: 32, epochs: 2}",
                        "train.batchRamp.start: Invalid value: 32 (must be < batchSize, 32)"),
                arguments("batchRamp: {start: 8}", "train.batchRamp.epochs: Missing key (must be a whole number >= 1)"),
                arguments(
                        "batchRamp: {start: 8, epochs: 2, shape: steps}",
                        "train.batchRamp.shape: Invalid value: \"steps\" (must be one of: linear, exponential)"));
    }
}
