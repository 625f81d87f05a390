package io.firesteel.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.event.Position;
import io.firesteel.engine.event.Progress;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.event.StateDict;
import io.firesteel.engine.optim.OptimizerState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EngineTensorsTest {
    private static final String LOCATION = "file:/runs/r1/checkpoint-0000000025.safetensors";
    private static final Progress PROGRESS =
            new Progress(2, 5, 25, OptionalLong.of(10), Optional.of(new Position(3, 5)), RunLimit.epochs(3));
    private static final StateDict VALUES = StateDict.of(1, Map.of("best", 0.1, "name", "\u00e4\n/"));
    private static final StateDict COUNTS = StateDict.of(3, Map.of("count", 4L, "scores", new double[] {Double.NaN}));
    private static final StateDict EMPTY = StateDict.builder(1).build();

    @Test
    void statesOfEnginesSurviveTheRoundTrip() {
        Map<String, StateDict> handlers = new LinkedHashMap<>();
        handlers.put("plateau of learningRate / \"1.weight\"", COUNTS);
        handlers.put("values", EMPTY);
        Map<String, EngineState> engines = new LinkedHashMap<>();
        engines.put("trainer", new EngineState(VALUES, handlers));
        engines.put("evaluator", EngineState.NONE);
        TrainingCheckpoint read = roundTrip(checkpoint(Map.of(), engines));
        assertThat(read.engines()).isEqualTo(engines);
        assertThat(read.engines().keySet()).containsExactly("trainer", "evaluator");
        assertThat(read.engines().get("trainer").handlers().keySet()).containsExactlyElementsOf(handlers.keySet());
    }

    @Test
    void metricsSurviveTheRoundTripToTheLastDigit() throws IOException {
        Map<String, Double> metrics = new LinkedHashMap<>();
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            metrics.put("m" + i, Double.longBitsToDouble(random.nextLong()));
        }
        metrics.put("validation.loss", 0.1 + 0.2);
        metrics.put("nan", Double.NaN);
        metrics.put("minus zero", -0.0);
        metrics.put("infinite", Double.NEGATIVE_INFINITY);
        TrainingCheckpoint checkpoint = checkpoint(metrics, Map.of());
        assertThat(roundTrip(checkpoint).metrics()).isEqualTo(metrics);
        assertThat(SafeTensors.read(ByteBuffer.wrap(checkpoint.toBytes())).metadata())
                .containsEntry("metric.validation.loss", "0.30000000000000004")
                .containsEntry("metric.nan", "NaN");
    }

    @Test
    void fileOfAProgramThatSavedNoHandlersIsReadable() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/golden/checkpoint/training-v1.safetensors")) {
            TrainingCheckpoint read = TrainingCheckpoint.fromBytes(golden.readAllBytes(), LOCATION);
            assertThat(read.engines()).isEmpty();
            assertThat(read.metrics()).isEmpty();
            assertThat(read.progress()).isEqualTo(PROGRESS);
            assertThat(read.samples()).isEqualTo(1L << 40);
            assertThat(read.weights()).isEqualTo(weights());
            assertThat(read.optimizer()).isEqualTo(new OptimizerState(25, Map.of("momentum_buffer", new float[] {
                1, -0f, Float.MIN_VALUE
            })));
            assertThat(read.states().get("rank0")).containsExactly(1, -1, 0);
            assertThat(read.states().get("rank1")).isEmpty();
        }
    }

    @Test
    void stateAsLargeAsALargeModelSurvivesTheRoundTrip() {
        float[] shadow = new float[25_000_000];
        for (int i = 0; i < shadow.length; i += 1000) {
            shadow[i] = i;
        }
        StateDict state = StateDict.builder(1).put("shadow", shadow).build();
        EngineState trainer = new EngineState(EngineState.NONE.values(), Map.of("ema", state));
        TrainingCheckpoint read = roundTrip(checkpoint(Map.of(), Map.of("trainer", trainer)));
        assertThat(read.engines().get("trainer").handlers().get("ema")).isEqualTo(state);
    }

    @Test
    void damagedStatesAreRefused() throws IOException {
        byte[] bytes = VALUES.toBytes();
        assertRefused(
                "engine/values", bytes, "its tensor engine/values belongs to no engine (expected engine/ENGINE/NAME)");
        bytes[bytes.length - 1]++;
        assertRefused("engine/trainer/values", bytes, "Cannot read the bytes of a state: its checksum is wrong");
    }

    @Test
    void metricThatIsNoNumberIsRefused() throws IOException {
        SafeTensors file = SafeTensors.read(
                ByteBuffer.wrap(checkpoint(Map.of("loss", 1.0), Map.of()).toBytes()));
        Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
        metadata.put("metric.loss", "low");
        byte[] edited = new SafeTensors(file.tensors(), metadata).toBytes();
        assertThatThrownBy(() -> TrainingCheckpoint.fromBytes(edited, LOCATION))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("Cannot read checkpoint " + LOCATION + ": its metric.loss is low (expected a number)");
    }

    private static void assertRefused(String name, byte[] state, String why) throws IOException {
        SafeTensors file =
                SafeTensors.read(ByteBuffer.wrap(checkpoint(Map.of(), Map.of()).toBytes()));
        StoredTensor tensor =
                new StoredTensor(name, StoredType.U8, List.of((long) state.length), ByteBuffer.wrap(state));
        byte[] edited = new SafeTensors(List.of(tensor), file.metadata()).toBytes();
        assertThatThrownBy(() -> TrainingCheckpoint.fromBytes(edited, LOCATION))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("Cannot read checkpoint " + LOCATION + ": " + why);
    }

    private static TrainingCheckpoint roundTrip(TrainingCheckpoint checkpoint) {
        return TrainingCheckpoint.fromBytes(checkpoint.toBytes(), LOCATION);
    }

    private static TrainingCheckpoint checkpoint(Map<String, Double> metrics, Map<String, EngineState> engines) {
        return new TrainingCheckpoint(
                PROGRESS, 1, weights(), new OptimizerState(25, Map.of()), Map.of(), metrics, engines, Shelf.EMPTY);
    }

    private static List<StoredTensor> weights() {
        return List.of(
                StoredTensor.ofFloats(
                        "0.weight", List.of(2L, 1L), FloatBuffer.wrap(new float[] {-0f, Float.MIN_VALUE})),
                StoredTensor.ofLongs("steps", List.of(), LongBuffer.wrap(new long[] {25})));
    }
}
