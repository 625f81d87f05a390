package io.firesteel.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final TensorSpec LABEL = new TensorSpec("label", ElementType.INT64, List.of());
    private static final List<TensorSpec> EIGHT = List.of(new TensorSpec("x", ElementType.FLOAT32, List.of(8)));
    private static final Mlp MLP = new Mlp(List.of(5, 4), 3, Activation.RELU);

    @BeforeAll
    static void startTorch() {
        Torch.start(1);
    }

    @Test
    void namesAndShapesAreThoseOfPyTorch() {
        try (Network network = create(MLP, 1, true)) {
            assertThat(network.layout().entries())
                    .extracting(ParameterLayout.Entry::name)
                    .containsExactly("1.weight", "1.bias", "3.weight", "3.bias", "5.weight", "5.bias");
            assertThat(network.layout().byName().get("3.weight").shape()).containsExactly(4L, 5L);
            assertThat(network.layout().parameterCount()).isEqualTo(8 * 5 + 5 + 5 * 4 + 4 + 4 * 3 + 3);
            assertThat(network.outputs()).isEqualTo(3);
        }
    }

    @Test
    void sameSeedGivesSameWeightsAndAnotherSeedOthers() {
        try (Network one = create(MLP, 1, true);
                Network same = create(MLP, 1, true);
                Network other = create(MLP, 2, true)) {
            assertThat(floats(one.weights())).isEqualTo(floats(same.weights()));
            assertThat(floats(one.weights())).isNotEqualTo(floats(other.weights()));
        }
    }

    @Test
    void firstWeightsLieWithinPyTorchsBound() {
        try (Network network = create(MLP, 7, true)) {
            ParameterLayout.Entry weight = network.layout().byName().get("1.weight");
            double bound = 1 / Math.sqrt(8);
            float largest = 0;
            for (int i = 0; i < weight.length(); i++) {
                largest = Math.max(largest, Math.abs(network.weights().get(weight.offset() + i)));
            }
            assertThat((double) largest).isLessThanOrEqualTo(bound).isGreaterThan(bound * 0.8);
        }
    }

    @Test
    void memorySharedWithTorchAndCopiedMemoryGiveTheSameBits() {
        try (Network shared = create(MLP, 3, true);
                Network copied = create(MLP, 3, false)) {
            for (int step = 0; step < 5; step++) {
                assertThat(step(shared)).isEqualTo(step(copied));
                assertThat(floats(shared.weights())).isEqualTo(floats(copied.weights()));
            }
        }
    }

    @Test
    void gradientsThatMovedBeforeTheFirstStepAreTheSame() {
        try (Network moved = create(MLP, 3, true);
                Network copied = create(MLP, 3, false);
                Network stayed = create(MLP, 3, true)) {
            ByteBuffer memory = direct(moved);
            moved.keepGradientsIn(memory);
            copied.keepGradientsIn(direct(copied));
            for (int step = 0; step < 3; step++) {
                assertThat(step(moved)).isEqualTo(step(stayed)).isEqualTo(step(copied));
            }
            assertThat(floats(memory.asFloatBuffer())).isEqualTo(floats(stayed.gradients()));
        }
    }

    private static ByteBuffer direct(Network network) {
        return ByteBuffer.allocateDirect(network.gradients().capacity() * Float.BYTES)
                .order(ByteOrder.nativeOrder());
    }

    @Test
    void gradientsMoveIntoMemoryOfTheirSizeAloneAndBeforeTheFirstStep() {
        try (Network network = create(MLP, 3, true)) {
            int bytes = network.gradients().capacity() * Float.BYTES;
            assertThatThrownBy(() -> network.keepGradientsIn(ByteBuffer.allocateDirect(bytes + 4)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot keep gradients in other memory: it has " + (bytes + 4) + " bytes (expected "
                            + bytes + ", direct)");
            assertThatThrownBy(() -> network.keepGradientsIn(ByteBuffer.allocate(bytes)))
                    .hasMessage("Cannot keep gradients in other memory: it has " + bytes + " heap bytes (expected "
                            + bytes + ", direct)");
            step(network);
            assertThatThrownBy(() -> network.keepGradientsIn(direct(network)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot keep gradients in other memory: they have been collected in this one already"
                            + " (expected before the first backward pass)");
        }
    }

    @Test
    void weightsThatMovedAreTheSameAndGoOnLearning() {
        try (Network moved = create(MLP, 3, true);
                Network copied = create(MLP, 3, false);
                Network stayed = create(MLP, 3, true)) {
            ByteBuffer memory = weightMemory(moved);
            for (int step = 0; step < 4; step++) {
                if (step == 2) {
                    moved.keepWeightsIn(memory);
                    copied.keepWeightsIn(weightMemory(copied));
                }
                assertThat(step(moved)).isEqualTo(step(stayed)).isEqualTo(step(copied));
            }
            assertThat(floats(memory.asFloatBuffer())).isEqualTo(floats(stayed.weights()));
            assertThat(floats(copied.weights())).isEqualTo(floats(stayed.weights()));
        }
    }

    private static ByteBuffer weightMemory(Network network) {
        return ByteBuffer.allocateDirect(network.weights().capacity() * Float.BYTES)
                .order(ByteOrder.nativeOrder());
    }

    @Test
    void weightsMoveIntoMemoryOfTheirSizeAlone() {
        try (Network network = create(MLP, 3, true)) {
            int bytes = network.weights().capacity() * Float.BYTES;
            assertThatThrownBy(() -> network.keepWeightsIn(ByteBuffer.allocateDirect(bytes - 4)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot keep weights in other memory: it has " + (bytes - 4) + " bytes (expected "
                            + bytes + ", direct)");
            assertThatThrownBy(() -> network.keepWeightsIn(ByteBuffer.allocate(bytes)))
                    .hasMessage("Cannot keep weights in other memory: it has " + bytes + " heap bytes (expected "
                            + bytes + ", direct)");
        }
    }

    @Test
    void gradientsOfSeveralBackwardPassesAddUp() {
        try (Network network = create(MLP, 3, true)) {
            backward(network);
            network.collectGradients();
            float[] once = floats(network.gradients());
            backward(network);
            network.collectGradients();
            float[] twice = floats(network.gradients());
            assertThat(once).doesNotContain(Float.NaN);
            for (int i = 0; i < once.length; i++) {
                assertThat(twice[i]).isEqualTo(2 * once[i]);
            }
        }
    }

    @Test
    void batchNormStatisticsAreBuffersBehindTheTrainableWeights() {
        ModelSpec spec = new UserModel(Normed.class.getName(), Map.of());
        try (Network shared = create(spec, 3, true);
                Network copied = create(spec, 3, false)) {
            assertThat(shared.layout().entries())
                    .extracting(ParameterLayout.Entry::name)
                    .containsExactly(
                            "0.weight",
                            "0.bias",
                            "1.weight",
                            "1.bias",
                            "2.weight",
                            "2.bias",
                            "1.running_mean",
                            "1.running_var");
            assertThat(shared.layout().byName().get("1.running_mean").offset())
                    .isEqualTo(shared.layout().trainableFloats());
            float[] before = floats(shared.weights());
            step(shared);
            step(copied);
            assertThat(floats(shared.weights())).isNotEqualTo(before).isEqualTo(floats(copied.weights()));
        }
    }

    @Test
    void imagesTooSmallForLeNetAreRefused() {
        assertThatThrownBy(() -> create(new LeNet(10), 1, true))
                .hasMessage("Cannot build lenet: input has shape [8] (expected [channels, height, width] with sides of"
                        + " at least 12)");
    }

    @Test
    void missingModelClassIsNamed() {
        assertThatThrownBy(() -> create(new UserModel("com.acme.Missing", Map.of()), 1, true))
                .hasMessage("Cannot find model class com.acme.Missing: it isn't on the class path (give its jar with"
                        + " --jars)");
    }

    @Test
    void modelClassThatIsNoFactoryIsNamed() {
        assertThatThrownBy(() -> create(new UserModel("java.lang.Object", Map.of()), 1, true))
                .hasMessage("Cannot use model class java.lang.Object: it doesn't implement"
                        + " io.firesteel.engine.model.ModelFactory");
    }

    private static Network create(ModelSpec spec, long seed, boolean bound) {
        return Network.create(spec, EIGHT, LABEL, seed, Device.cpu(), 16, bound);
    }

    /** One forward and backward pass and a plain descent by 0.1; answers the gradients. */
    private static float[] step(Network network) {
        network.zeroGradients();
        backward(network);
        network.collectGradients();
        network.collectBuffers();
        FloatBuffer weights = network.weights();
        FloatBuffer gradients = network.gradients();
        for (int i = 0; i < network.layout().trainableFloats(); i++) {
            weights.put(i, weights.get(i) - 0.1f * gradients.get(i));
        }
        network.publishWeights();
        return floats(gradients);
    }

    private static void backward(Network network) {
        Torch.recordGradients(true);
        try (NDManager scope = network.newScope()) {
            float[] values = new float[4 * 8];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.sin(i);
            }
            NDArray input = scope.create(values, new Shape(4, 8));
            NDArray output =
                    network.forward(new NDList(input), ForwardMode.TRAINING).get(0);
            network.backward(output.square().sum());
        }
    }

    private static float[] floats(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.duplicate().get(values);
        return values;
    }

    /** A network with BatchNorm. */
    public static final class Normed implements ModelFactory {
        @Override
        public Block create(List<TensorSpec> inputs, TensorSpec label, Map<String, String> options) {
            return new SequentialBlock()
                    .add(Layers.linear(6))
                    .add(BatchNorm.builder().build())
                    .add(Layers.linear(2));
        }
    }
}
