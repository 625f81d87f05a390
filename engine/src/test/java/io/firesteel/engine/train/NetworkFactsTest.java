package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.firesteel.engine.checkpoint.SafeTensors;
import io.firesteel.engine.checkpoint.StoredTensor;
import io.firesteel.engine.checkpoint.StoredType;
import io.firesteel.engine.model.ForwardMode;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.NetworkFacts;
import io.firesteel.engine.model.ParameterLayout;
import io.firesteel.engine.model.Torch;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Outputs, losses and gradients from PyTorch's weights, compared with PyTorch's own. */
class NetworkFactsTest {
    private static final double OUTPUT_TOLERANCE = 1e-5;
    private static final double LOSS_TOLERANCE = 1e-6;
    private static final double GRADIENT_TOLERANCE = 1e-6;

    @BeforeAll
    static void startTorch() {
        Torch.start(1);
    }

    @BeforeEach
    void recordGradients() {
        Torch.recordGradients(true);
    }

    static Stream<NetworkFacts> networks() {
        return Stream.of(NetworkFacts.MLP, NetworkFacts.LENET, NetworkFacts.LINEAR);
    }

    static Stream<NetworkFacts> classifiers() {
        return Stream.of(NetworkFacts.MLP, NetworkFacts.LENET);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void outputsAreThoseOfPyTorch(NetworkFacts facts) {
        SafeTensors io = facts.io();
        try (Network network = facts.network();
                NDManager scope = network.newScope()) {
            NDArray outputs = forward(network, scope, io.tensor("inputs"), ForwardMode.EVALUATION);
            assertClose(outputs.toFloatArray(), io.tensor("outputs"), OUTPUT_TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    void crossEntropyAndItsGradientAreThoseOfPyTorch(NetworkFacts facts) {
        try (Network network = facts.network()) {
            checkLossAndGradients(network, LossFunction.CROSS_ENTROPY, facts, "", "labels");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LossFunction.class,
            names = {"BINARY_CROSS_ENTROPY", "MSE", "L1"})
    void lossesOfTargetsAndTheirGradientsAreThoseOfPyTorch(LossFunction loss) {
        try (Network network = NetworkFacts.LINEAR.network()) {
            checkLossAndGradients(network, loss, NetworkFacts.LINEAR, loss.label() + ".", loss.label() + ".targets");
        }
    }

    @Test
    void batchNormIsThatOfPyTorchInTrainingAndInEvaluation() {
        NetworkFacts facts = NetworkFacts.BATCH_NORM;
        SafeTensors io = facts.io();
        try (Network network = facts.network();
                NDManager scope = network.newScope()) {
            for (String pass : new String[] {"1.", "2."}) {
                checkLossAndGradients(network, LossFunction.CROSS_ENTROPY, facts, pass, pass + "labels");
                network.collectBuffers();
                assertClose(weights(network, "2.running_mean"), io.tensor(pass + "running_mean"), LOSS_TOLERANCE);
                assertClose(weights(network, "2.running_var"), io.tensor(pass + "running_var"), LOSS_TOLERANCE);
            }
            NDArray outputs = forward(network, scope, io.tensor("evaluation.inputs"), ForwardMode.EVALUATION);
            assertClose(outputs.toFloatArray(), io.tensor("evaluation.outputs"), OUTPUT_TOLERANCE);
        }
    }

    /** One training pass; in files with several kinds of losses or passes, theirs have a prefix. */
    private static void checkLossAndGradients(
            Network network, LossFunction loss, NetworkFacts facts, String prefix, String labels) {
        SafeTensors io = facts.io();
        boolean ownInputs = facts.equals(NetworkFacts.BATCH_NORM);
        String common = ownInputs ? prefix : "";
        try (NDManager scope = network.newScope()) {
            NDArray outputs = forward(network, scope, io.tensor(common + "inputs"), ForwardMode.TRAINING);
            assertClose(outputs.toFloatArray(), io.tensor(common + "outputs"), OUTPUT_TOLERANCE);
            NDArray losses = loss.perRow(outputs, array(scope, io.tensor(labels)));
            assertClose(losses.toFloatArray(), io.tensor(prefix + "losses"), LOSS_TOLERANCE);
            NDArray weights = array(scope, io.tensor(common + "weights"));
            NDArray mean = losses.mul(weights).sum().div(weights.sum());
            assertClose(mean.toFloatArray(), io.tensor(prefix + "meanLoss"), LOSS_TOLERANCE);
            network.zeroGradients();
            network.backward(mean);
            network.collectGradients();
        }
        for (ParameterLayout.Entry entry : network.layout().entries()) {
            if (entry.trainable()) {
                checkGradient(
                        network,
                        entry,
                        io,
                        prefix,
                        entry.name().substring(facts.prefix().length()));
            }
        }
    }

    private static void checkGradient(
            Network network, ParameterLayout.Entry entry, SafeTensors io, String prefix, String name) {
        float[] gradient = new float[entry.length()];
        network.gradients().get(entry.offset(), gradient);
        if (io.tensors().stream().anyMatch(tensor -> tensor.name().equals(prefix + "grad." + name))) {
            assertClose(gradient, io.tensor(prefix + "grad." + name), GRADIENT_TOLERANCE);
        } else {
            int rows = Math.toIntExact(entry.shape().get(0));
            int columns = gradient.length / rows;
            float[] sums = new float[rows];
            double squares = 0;
            for (int row = 0; row < rows; row++) {
                double sum = 0;
                for (int column = 0; column < columns; column++) {
                    sum += gradient[row * columns + column];
                    squares += Math.pow(gradient[row * columns + column], 2);
                }
                sums[row] = (float) sum;
            }
            assertClose(sums, io.tensor(prefix + "gradsum." + name), GRADIENT_TOLERANCE);
            assertClose(
                    new float[] {(float) Math.sqrt(squares)},
                    io.tensor(prefix + "gradnorm." + name),
                    GRADIENT_TOLERANCE);
        }
    }

    private static NDArray forward(Network network, NDManager scope, StoredTensor inputs, ForwardMode mode) {
        return network.forward(new NDList(array(scope, inputs)), mode).get(0);
    }

    private static float[] weights(Network network, String name) {
        ParameterLayout.Entry entry = network.layout().byName().get(name);
        float[] values = new float[entry.length()];
        network.weights().get(entry.offset(), values);
        return values;
    }

    private static NDArray array(NDManager scope, StoredTensor tensor) {
        Shape shape =
                new Shape(tensor.shape().stream().mapToLong(Long::longValue).toArray());
        DataType type = tensor.type() == StoredType.F32 ? DataType.FLOAT32 : DataType.INT64;
        return scope.create(tensor.data(), shape, type);
    }

    /** Each within the tolerance, relative where the value is beyond ±1. */
    private static void assertClose(float[] actual, StoredTensor expected, double tolerance) {
        FloatBuffer values = expected.floats();
        assertThat(actual).as(expected.name()).hasSize(values.remaining());
        for (int i = 0; i < actual.length; i++) {
            double value = values.get(i);
            assertThat((double) actual[i])
                    .as("%s[%d] of %s", expected.name(), i, Arrays.toString(actual))
                    .isCloseTo(value, within(tolerance * Math.max(1, Math.abs(value))));
        }
    }
}
