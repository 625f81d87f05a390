package io.firesteel.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.Facts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
    private static final String ODD_NAME = "größe \"q\"";

    @Test
    void readsAFileOfThePythonPackage() throws IOException {
        SafeTensors file = SafeTensors.read(fact("python.safetensors"));
        assertThat(file.metadata()).containsExactly(Map.entry("format", "pt"));
        assertThat(file.tensors())
                .containsExactlyInAnyOrder(
                        floats("b.weight", List.of(2L, 3L), -0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f),
                        floats("a.bias", List.of(3L), 1.5f, -0f, Float.POSITIVE_INFINITY),
                        floats("scalar", List.of(), 3.25f),
                        floats("empty", List.of(0L, 4L)),
                        longs(ODD_NAME + "\\\n", List.of(3L), -1, 1L << 62, 0),
                        bytes("flags", StoredType.BOOL, List.of(3L), 1, 0, 1),
                        bytes("half", StoredType.F16, List.of(2L), 0, 0x3c, 0, 0xc0));
    }

    /** PyTorch's outputs follow from PyTorch's weights and inputs as they are read here. */
    @Test
    void tensorsOfPyTorchAreReadInTheirLayout() {
        SafeTensors weights = Facts.tensors("linear-weights.safetensors");
        SafeTensors io = Facts.tensors("linear-io.safetensors");
        assertThat(weights.tensor("weight").shape()).containsExactly(1L, 64L);
        FloatBuffer weight = weights.tensor("weight").floats();
        FloatBuffer inputs = io.tensor("inputs").floats();
        for (int row = 0; row < 16; row++) {
            double output = weights.tensor("bias").floats().get(0);
            for (int i = 0; i < 64; i++) {
                output += (double) weight.get(i) * inputs.get(row * 64 + i);
            }
            assertThat(output).isCloseTo(io.tensor("outputs").floats().get(row), Offset.offset(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"python", "python-empty", "mlp-weights", "mlp-io", "lenet-weights", "lenet-io", "linear-io"})
    void writesWhatThePythonPackageWrites(String name) throws IOException {
        byte[] bytes = fact(name + ".safetensors").array();
        assertThat(written(SafeTensors.read(ByteBuffer.wrap(bytes)))).isEqualTo(bytes);
        assertThat(written(SafeTensors.read(new ByteArrayInputStream(bytes)))).isEqualTo(bytes);
    }

    /** {@code make_facts.py check} reads the same file with Python. */
    @Test
    void writesTheFileThatPythonHasRead() throws IOException {
        try (InputStream golden = SafeTensorsTest.class.getResourceAsStream("/golden/checkpoint/mixed.safetensors")) {
            assertThat(golden).isNotNull();
            assertThat(written(mixed())).isEqualTo(golden.readAllBytes());
        }
    }

    private static SafeTensors mixed() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("written-by", "Firesteel");
        metadata.put("note", "tab\t \u2028 ü");
        return new SafeTensors(
                List.of(
                        floats("0.weight", List.of(1L, 3L), 1, -2.5f, 3),
                        longs("steps", List.of(2L), 7, -(1L << 40)),
                        floats("scalar", List.of(), 0.1f),
                        floats("nothing", List.of(3L, 0L)),
                        floats(ODD_NAME, List.of(2L, 1L), Float.NEGATIVE_INFINITY, Float.MIN_VALUE)),
                metadata);
    }

    @Test
    void roundTripKeepsOrderValuesAndMetadata() throws IOException {
        SafeTensors copy = SafeTensors.read(ByteBuffer.wrap(written(mixed())));
        assertThat(copy).isEqualTo(mixed());
        assertThat(copy.metadata().keySet()).containsExactly("written-by", "note");
        assertThat(SafeTensors.read(new ByteArrayInputStream(written(mixed())))).isEqualTo(mixed());
    }

    @Test
    void everyElementIsAligned() throws IOException {
        byte[] bytes = written(mixed());
        long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(header % 8).isZero();
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position((int) (8 + header));
        assertThat(data.getLong()).isEqualTo(7);
    }

    @Test
    void directBuffersOfAnyPositionAreWritten() throws IOException {
        ByteBuffer direct = ByteBuffer.allocateDirect(100_008).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(1);
        for (int i = 0; i < 25_002; i++) {
            direct.putFloat(i * 4, random.nextFloat());
        }
        StoredTensor tensor = new StoredTensor(
                "w", StoredType.F32, List.of(25_000L), direct.position(4).limit(100_004));
        SafeTensors copy = SafeTensors.read(ByteBuffer.wrap(written(new SafeTensors(List.of(tensor), Map.of()))));
        assertThat(copy.tensor("w").floats().get(24_999)).isEqualTo(direct.getFloat(100_000));
        assertThat(copy.tensor("w")).isEqualTo(tensor);
        assertThat(direct.position()).isEqualTo(4);
    }

    @Test
    void bufferIsReadFromItsPosition() throws IOException {
        byte[] bytes = written(mixed());
        ByteBuffer shifted = ByteBuffer.allocate(bytes.length + 3).put(3, bytes).position(3);
        assertThat(SafeTensors.read(shifted)).isEqualTo(mixed());
        assertThat(shifted.position()).isEqualTo(3);
    }

    @Test
    void streamThatGivesOneByteAtATimeIsRead() throws IOException {
        InputStream slow = new ByteArrayInputStream(written(mixed())) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1));
            }
        };
        assertThat(SafeTensors.read(slow)).isEqualTo(mixed());
    }

    @Test
    void missingTensorIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mixed().tensor("1.weight"))
                .withMessage("Cannot find tensor: no 1.weight (expected one of [0.weight, steps, scalar, nothing, "
                        + ODD_NAME + "])");
    }

    @Test
    void twoTensorsOfOneNameAreRefused() {
        StoredTensor tensor = floats("w", List.of(), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SafeTensors(List.of(tensor, tensor), Map.of()))
                .withMessage("Invalid tensors: two are named w (names must be distinct)");
    }

    private static ByteBuffer fact(String name) throws IOException {
        try (InputStream stream = Facts.open(name)) {
            return ByteBuffer.wrap(stream.readAllBytes());
        }
    }

    private static byte[] written(SafeTensors tensors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tensors.writeTo(out);
        return out.toByteArray();
    }

    private static StoredTensor floats(String name, List<Long> shape, float... values) {
        return StoredTensor.ofFloats(name, shape, FloatBuffer.wrap(values));
    }

    private static StoredTensor longs(String name, List<Long> shape, long... values) {
        return StoredTensor.ofLongs(name, shape, LongBuffer.wrap(values));
    }

    private static StoredTensor bytes(String name, StoredType type, List<Long> shape, int... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length);
        for (int value : values) {
            data.put((byte) value);
        }
        return new StoredTensor(name, type, shape, data.flip());
    }
}
