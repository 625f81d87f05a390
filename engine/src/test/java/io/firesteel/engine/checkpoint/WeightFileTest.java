package io.firesteel.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.NetworkFacts;
import io.firesteel.engine.model.Torch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WeightFileTest {
    @BeforeAll
    static void startTorch() {
        Torch.start(1);
    }

    static Stream<NetworkFacts> networks() {
        return Stream.of(NetworkFacts.MLP, NetworkFacts.LENET, NetworkFacts.BATCH_NORM);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void fileHasTheTensorsOfPythonsFile(NetworkFacts facts) throws IOException {
        try (Network network = facts.network()) {
            byte[] file = WeightFile.of(network).toBytes();
            SafeTensors read = SafeTensors.read(new ByteArrayInputStream(file));
            assertThat(read.tensors())
                    .containsExactlyInAnyOrderElementsOf(facts.weights().tensors());
            assertThat(read.metadata()).containsEntry("format", "pt");
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void hashIsThatOfTheLittleEndianBytesInTheOrderOfTheLayout(NetworkFacts facts) throws NoSuchAlgorithmException {
        SafeTensors python = facts.weights();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Network network = facts.network()) {
            network.layout().entries().forEach(entry -> {
                FloatBuffer values = python.tensor(entry.name()).floats();
                ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.remaining());
                while (values.hasRemaining()) {
                    bytes.putInt(Integer.reverseBytes(Float.floatToRawIntBits(values.get())));
                }
                digest.update(bytes.array());
            });
            assertThat(WeightFile.of(network).sha256())
                    .isEqualTo(HexFormat.of().formatHex(digest.digest()))
                    .matches("[0-9a-f]{64}");
        }
    }

    @Test
    void hashAndFileChangeWithTheLastBitOfAWeight() {
        try (Network network = NetworkFacts.LINEAR.network()) {
            String before = WeightFile.of(network).sha256();
            byte[] file = WeightFile.of(network).toBytes();
            network.weights().put(0, Math.nextUp(network.weights().get(0)));
            assertThat(WeightFile.of(network).sha256()).isNotEqualTo(before);
            assertThat(WeightFile.of(network).toBytes()).isNotEqualTo(file).hasSameSizeAs(file);
        }
    }

    @Test
    void weightsAreFiniteUntilOneIsNot() {
        try (Network network = NetworkFacts.LINEAR.network()) {
            assertThat(WeightFile.of(network).isFinite()).isTrue();
            for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                network.weights().put(64 - 1, value);
                assertThat(WeightFile.of(network).isFinite()).as("%s", value).isFalse();
            }
        }
    }

    @Test
    void loadGivesANetworkTheWeightsInWhateverOrder() {
        try (Network source = NetworkFacts.BATCH_NORM.network();
                Network target = NetworkFacts.BATCH_NORM.network()) {
            for (int i = 0; i < source.weights().capacity(); i++) {
                target.weights().put(i, 9);
            }
            List<StoredTensor> tensors = new ArrayList<>(WeightFile.of(source).tensors());
            Collections.reverse(tensors);
            WeightFile.load(target, tensors, "run/c");
            assertThat(WeightFile.of(target).tensors())
                    .isEqualTo(WeightFile.of(source).tensors());
        }
    }

    @Test
    void loadNamesTheParameterThatDoesNotFit() {
        try (Network network = NetworkFacts.LINEAR.network()) {
            List<StoredTensor> stored = WeightFile.of(network).tensors();
            String name = stored.get(0).name();
            List<Long> shape = stored.get(0).shape();
            assertThatThrownBy(() -> WeightFile.load(network, stored.subList(1, stored.size()), "run/c"))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage("Cannot load weights from run/c: " + name + " is missing (expected F32 " + shape
                            + "; it has 1 tensors, the model 2)");
            StoredTensor flat = StoredTensor.ofFloats(name, List.of(3L), FloatBuffer.allocate(3));
            assertThatThrownBy(() -> WeightFile.load(network, List.of(flat), "run/c"))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage("Cannot load weights from run/c: " + name + " is F32 [3] (expected F32 " + shape
                            + "; it has 1 tensors, the model 2)");
            int elements = stored.get(0).floats().remaining();
            StoredTensor integers = StoredTensor.ofLongs(name, shape, LongBuffer.allocate(elements));
            assertThatThrownBy(() -> WeightFile.load(network, List.of(integers), "run/c"))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage("Cannot load weights from run/c: " + name + " is I64 " + shape + " (expected F32 "
                            + shape + "; it has 1 tensors, the model 2)");
        }
    }

    @Test
    void weightsAreWrittenLittleEndian() {
        try (Network network = NetworkFacts.LINEAR.network()) {
            network.weights().put(0, 1.5f);
            byte[] file = WeightFile.of(network).toBytes();
            int header =
                    (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
            assertThat(file[Long.BYTES + header]).isZero();
            assertThat(file[Long.BYTES + header + 3]).isEqualTo((byte) 0x3f);
        }
    }
}
