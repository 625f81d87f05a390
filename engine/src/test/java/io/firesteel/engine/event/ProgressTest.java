package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The short form is Ignite's state dict; its tests give the values and what is refused. */
class ProgressTest {
    @Test
    void epochsAreTurnedIntoIterations() {
        Progress progress = Progress.fromMap(Map.of("epoch", 2L, "maxEpochs", 5L, "epochLength", 100L));

        assertThat(progress.iteration()).isEqualTo(200);
        assertThat(progress.epochs()).isEqualTo(2);
        assertThat(progress.limit()).isEqualTo(RunLimit.epochs(5));
    }

    @Test
    void iterationsAreTurnedIntoEpochs() {
        Progress progress = Progress.fromMap(Map.of("iteration", 150L, "maxIterations", 250L, "epochLength", 100L));

        assertThat(progress.epochs()).isEqualTo(1);
        assertThat(progress.epochIteration()).isEqualTo(50);
        assertThat(progress.limit()).isEqualTo(RunLimit.iterations(250));
    }

    @Test
    void theStartNeedsNoEpochLength() {
        assertThat(Progress.fromMap(Map.of("epoch", 0L, "maxEpochs", 5L)).epochLength())
                .isEmpty();
    }

    @Test
    void aMapKeepsEverything() {
        Progress open =
                new Progress(0, 7, 7, OptionalLong.empty(), Optional.of(new Position(1, 7)), RunLimit.iterations(9));
        Progress cut = new Progress(2, 6, 20, OptionalLong.of(10), Optional.of(new Position(3, 6)), RunLimit.epochs(5));
        Progress withoutData = new Progress(2, 6, 26, OptionalLong.of(10), Optional.empty(), RunLimit.epochs(5));

        assertThat(Stream.of(open, cut, withoutData))
                .allSatisfy(progress ->
                        assertThat(Progress.fromMap(progress.toMap())).isEqualTo(progress));
    }

    @Test
    void anEngineThatHasNotRunHasNoProgress() {
        assertThatThrownBy(() -> new Engine<Long, Long>("train", (e, batch) -> batch).progress())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot tell the progress of engine train: it has not run (expected a run first)");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(Map.of(), "neither iteration nor epoch is given (expected one of them, keys are [])"),
                Arguments.of(
                        Map.of("iteration", 1L, "epoch", 1L, "maxEpochs", 3L, "epochLength", 1L),
                        "both iteration and epoch are given (expected one of them,"
                                + " keys are [epoch, epochLength, iteration, maxEpochs])"),
                Arguments.of(
                        Map.of("iteration", 1L, "maxEpochs", 3L, "maxIterations", 3L, "epochLength", 1L),
                        "both maxEpochs and maxIterations are given (expected one of them,"
                                + " keys are [epochLength, iteration, maxEpochs, maxIterations])"),
                Arguments.of(
                        Map.of("iteration", 1L, "epochLength", 1L),
                        "neither maxEpochs nor maxIterations is given (expected one of them,"
                                + " keys are [epochLength, iteration])"),
                Arguments.of(
                        Map.of("epoch", 5L, "maxEpochs", 3L, "epochLength", 10L),
                        "the limit is 3 epochs (expected >= 5, which are finished)"),
                Arguments.of(
                        Map.of("iteration", 100L, "maxIterations", 50L, "epochLength", 10L),
                        "the limit is 50 iterations (expected >= 100, which are finished)"),
                Arguments.of(
                        Map.of("iteration", 100L, "maxEpochs", 50L),
                        "epochLength is missing (keys are [iteration, maxEpochs])"),
                Arguments.of(
                        Map.of("iteration", 100L, "maxEpochs", 50L, "epochLength", 0L),
                        "epochLength is 0 (expected > 0)"),
                Arguments.of(
                        Map.of("epoch", 2L, "maxEpochs", 50L, "epochLength", 0L), "epochLength is 0 (expected > 0)"),
                Arguments.of(
                        Map.of("epoch", -2L, "maxEpochs", 50L, "epochLength", 10L), "epochs is -2 (expected >= 0)"),
                Arguments.of(
                        Map.of("iteration", 3L, "maxEpochs", 5L, "epochs", 0L, "epochIteration", 3L),
                        "iteration is 3 without an epochLength (expected > 0)"),
                Arguments.of(
                        Map.of("iteration", 3L, "maxEpochs", 5L, "epochs", 0L, "epochIteration", 4L, "epochLength", 9L),
                        "epochIteration is 4 (expected <= iteration 3 and <= the epoch length)"),
                Arguments.of(
                        Map.of("iteration", 3L, "maxEpochs", 5L, "epochs", 0L, "epochLength", 9L),
                        "epochIteration is missing (keys are [epochLength, epochs, iteration, maxEpochs])"),
                Arguments.of(
                        Map.of("iterations", 3L),
                        "unknown keys [iterations] (expected [dataEpoch, dataIteration, epoch, epochIteration,"
                                + " epochLength, epochs, iteration, maxEpochs, maxIterations])"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aContradictoryMapIsRefused(Map<String, Long> map, String why) {
        assertThatThrownBy(() -> Progress.fromMap(map))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot resume a run: " + why);
    }

    @Test
    void limitsAndPositionsAreChecked() {
        assertThatThrownBy(() -> RunLimit.epochs(0)).hasMessage("Invalid limit: 0 epochs (must be > 0)");
        assertThatThrownBy(() -> RunLimit.iterations(-1)).hasMessage("Invalid limit: -1 iterations (must be > 0)");
        assertThatThrownBy(() -> RunLimit.epochs(1).withEpochLength(0))
                .hasMessage("Invalid epoch length: 0 iterations (must be > 0)");
        assertThatThrownBy(() -> new Position(0, 0)).hasMessage("Invalid epoch: 0 (must be >= 1)");
        assertThatThrownBy(() -> new Position(1, -1)).hasMessage("Invalid iteration: -1 (must be >= 0)");
    }
}
