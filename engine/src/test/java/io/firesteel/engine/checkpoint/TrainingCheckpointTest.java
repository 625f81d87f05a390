package io.firesteel.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.event.Position;
import io.firesteel.engine.event.Progress;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.optim.OptimizerState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingCheckpointTest {
    private static final String LOCATION = "file:/runs/r1/checkpoint-0000000025.safetensors";
    private static final RunLimit LIMIT = RunLimit.epochs(3);
    private static final Progress IN_AN_EPOCH =
            new Progress(2, 5, 25, OptionalLong.of(10), Optional.of(new Position(3, 5)), LIMIT);
    private static final Progress AFTER_THE_LAST_ITERATION_OF_AN_EPOCH =
            new Progress(1, 10, 20, OptionalLong.of(10), Optional.of(new Position(2, 10)), LIMIT);
    private static final Progress BETWEEN_EPOCHS = Progress.atEpoch(2, 10, LIMIT);
    private static final OptimizerState PLAIN = new OptimizerState(25, Map.of());
    private static final OptimizerState ADAM = new OptimizerState(
            25, Map.of("exp_avg", new float[] {1, -0f, Float.MIN_VALUE}, "exp_avg_sq", new float[] {0, 3e38f, 7}));

    static Stream<Progress> progresses() {
        return Stream.of(IN_AN_EPOCH, AFTER_THE_LAST_ITERATION_OF_AN_EPOCH, BETWEEN_EPOCHS);
    }

    static Stream<OptimizerState> optimizers() {
        return Stream.of(PLAIN, ADAM, new OptimizerState(0, Map.of("momentum_buffer", new float[0])));
    }

    @ParameterizedTest
    @MethodSource("progresses")
    void progressSurvivesTheRoundTrip(Progress progress) {
        TrainingCheckpoint read = roundTrip(checkpoint(progress, PLAIN, Map.of()));
        assertThat(read.progress()).isEqualTo(progress);
        assertThat(read.samples()).isEqualTo(1L << 40);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void optimizerSurvivesTheRoundTripBitForBit(OptimizerState optimizer) {
        assertThat(roundTrip(checkpoint(IN_AN_EPOCH, optimizer, Map.of())).optimizer())
                .isEqualTo(optimizer);
    }

    @Test
    void weightsSurviveTheRoundTripInTheirOrder() {
        assertThat(roundTrip(checkpoint(IN_AN_EPOCH, ADAM, Map.of())).weights()).isEqualTo(weights());
    }

    @Test
    void statesSurviveTheRoundTripInTheirOrder() {
        Map<String, byte[]> states = new LinkedHashMap<>();
        states.put("rank1", new byte[] {1, -1, 0});
        states.put("rank0", new byte[0]);
        Map<String, byte[]> read =
                roundTrip(checkpoint(IN_AN_EPOCH, ADAM, states)).states();
        assertThat(read.keySet()).containsExactly("rank1", "rank0");
        assertThat(read.get("rank1")).containsExactly(1, -1, 0);
        assertThat(read.get("rank0")).isEmpty();
    }

    @Test
    void checkpointWithoutWeightsSlotsAndStatesIsReadable() {
        TrainingCheckpoint read = roundTrip(
                new TrainingCheckpoint(BETWEEN_EPOCHS, 0, List.of(), PLAIN, Map.of(), Map.of(), Map.of(), Shelf.EMPTY));
        assertThat(read.weights()).isEmpty();
        assertThat(read.states()).isEmpty();
        assertThat(read.samples()).isZero();
    }

    @Test
    void equalCheckpointsHaveEqualBytes() {
        assertThat(checkpoint(IN_AN_EPOCH, ADAM, Map.of()).toBytes())
                .isEqualTo(checkpoint(IN_AN_EPOCH, ADAM, Map.of()).toBytes());
    }

    @Test
    void fileIsASafetensorsFileWithTheWeightsUnderModel() throws IOException {
        SafeTensors file = SafeTensors.read(ByteBuffer.wrap(
                checkpoint(IN_AN_EPOCH, ADAM, Map.of("rank0", new byte[] {3})).toBytes()));
        assertThat(file.tensors())
                .extracting(StoredTensor::name)
                .containsExactlyInAnyOrder(
                        "model/0.weight", "model/steps", "optimizer/exp_avg", "optimizer/exp_avg_sq", "state/rank0");
        assertThat(file.metadata())
                .containsEntry("format", "firesteel.checkpoint/1")
                .containsEntry("samples", "1099511627776")
                .containsEntry("optimizer.steps", "25")
                .containsEntry("progress.iteration", "25");
    }

    @Test
    void otherFormatIsRefused() throws IOException {
        assertRefused(file(Map.of("format", "pt")), "its format is pt (expected firesteel.checkpoint/1)");
        assertRefused(file(Map.of()), "its format is null (expected firesteel.checkpoint/1)");
        assertRefused(
                file(Map.of("format", "firesteel.checkpoint/2")),
                "its format is firesteel.checkpoint/2 (expected firesteel.checkpoint/1)");
    }

    @Test
    void missingOrDamagedCountsAreRefused() throws IOException {
        assertRefused(edited("samples", null), "its samples is null (expected an integer)");
        assertRefused(edited("samples", "many"), "its samples is many (expected an integer)");
        assertRefused(edited("optimizer.steps", ""), "its optimizer.steps is  (expected an integer)");
        assertRefused(edited("optimizer.steps", "-1"), "Invalid steps: -1 (must be >= 0)");
        assertRefused(edited("progress.iteration", "x"), "its progress.iteration is x (expected an integer)");
        assertRefused(edited("progress.epochs", "-1"), "Cannot resume a run: epochs is -1 (expected >= 0)");
    }

    @Test
    void slotsOfAnotherTypeAreRefused() throws IOException {
        SafeTensors file = SafeTensors.read(
                ByteBuffer.wrap(checkpoint(IN_AN_EPOCH, PLAIN, Map.of()).toBytes()));
        StoredTensor slot = StoredTensor.ofLongs("optimizer/exp_avg", List.of(1L), LongBuffer.allocate(1));
        assertRefused(
                bytes(new SafeTensors(List.of(slot), file.metadata())),
                "Cannot read elements of optimizer/exp_avg: other type (I64, expected F32)");
    }

    @Test
    void fileThatIsCutShortAnywhereIsRefused() {
        byte[] whole =
                checkpoint(IN_AN_EPOCH, ADAM, Map.of("rank0", new byte[] {3})).toBytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> TrainingCheckpoint.fromBytes(cut, LOCATION))
                    .as("%d bytes", length)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageStartingWith("Cannot read checkpoint " + LOCATION
                            + ": Cannot read safetensors: end of data inside the ");
        }
        assertRefused(
                Arrays.copyOf(whole, 5),
                "Cannot read safetensors: end of data inside the header length (5 bytes, expected 8)");
        assertRefused(
                Arrays.copyOf(whole, whole.length - 1),
                "Cannot read safetensors: end of data inside the data of state/rank0 (0 bytes, expected 1)");
    }

    @Test
    void otherFilesAreRefused() {
        byte[] text = "{\"epoch\": 3, \"loss\": 0.25}\n".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> TrainingCheckpoint.fromBytes(text, LOCATION))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("Cannot read checkpoint " + LOCATION + ": ")
                .hasMessageContaining("header length");
    }

    private static void assertRefused(byte[] bytes, String why) {
        assertThatThrownBy(() -> TrainingCheckpoint.fromBytes(bytes, LOCATION))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("Cannot read checkpoint " + LOCATION + ": " + why);
    }

    /** A checkpoint whose metadata has another value, or none if that is null. */
    private static byte[] edited(String name, String value) throws IOException {
        SafeTensors file = SafeTensors.read(
                ByteBuffer.wrap(checkpoint(IN_AN_EPOCH, ADAM, Map.of()).toBytes()));
        Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
        metadata.remove(name);
        if (value != null) {
            metadata.put(name, value);
        }
        return bytes(new SafeTensors(file.tensors(), metadata));
    }

    private static byte[] file(Map<String, String> metadata) throws IOException {
        return bytes(new SafeTensors(weights(), metadata));
    }

    private static byte[] bytes(SafeTensors file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.writeTo(out);
        return out.toByteArray();
    }

    private static TrainingCheckpoint roundTrip(TrainingCheckpoint checkpoint) {
        return TrainingCheckpoint.fromBytes(checkpoint.toBytes(), LOCATION);
    }

    private static TrainingCheckpoint checkpoint(
            Progress progress, OptimizerState optimizer, Map<String, byte[]> states) {
        return new TrainingCheckpoint(
                progress, 1L << 40, weights(), optimizer, states, Map.of(), Map.of(), Shelf.EMPTY);
    }

    private static List<StoredTensor> weights() {
        return List.of(
                StoredTensor.ofFloats(
                        "0.weight", List.of(2L, 1L), FloatBuffer.wrap(new float[] {-0f, Float.MIN_VALUE})),
                StoredTensor.ofLongs("steps", List.of(), LongBuffer.wrap(new long[] {25})));
    }
}
