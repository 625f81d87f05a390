package io.firesteel.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.NetworkFacts;
import io.firesteel.engine.model.Torch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
