package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.handler.LearningRateFinderOptions.Ramp;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.ForwardMode;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.BlockSums;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Optimizer;
import io.firesteel.engine.optim.OptimizerState;
import io.firesteel.engine.optim.ParameterSegment;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ports to a network, with a network behind them. */
class NetworkPortsTest {
    private static final TensorSpec INPUT = new TensorSpec("x", ElementType.FLOAT32, List.of(8));
    private static final TensorSpec LABEL = new TensorSpec("label", ElementType.INT64, List.of());

    private Network network;
    private Optimizer optimizer;

    @BeforeAll
    static void startTorch() {
        Torch.start(1);
    }

    @BeforeEach
    void create() {
        Mlp mlp = new Mlp(List.of(5, 4), 3, Activation.RELU);
        network = Network.create(mlp, List.of(INPUT), LABEL, 3, Device.cpu(), 0);
        List<ParameterSegment> segments = network.layout().entries().stream()
                .map(entry -> new ParameterSegment(entry.name(), entry.offset(), entry.length()))
                .toList();
        optimizer = Optimization.of(new Adam(0.01, 0.9, 0.999, 1e-8, 0))
                .create(segments, 0, network.layout().floats(), BlockSums.whole());
    }

    @AfterEach
    void close() {
        network.close();
    }

    /** Learns to put out zeros; answers the sum of squares before the step. */
    private double step() {
        Torch.recordGradients(true);
        network.zeroGradients();
        double loss;
        try (NDManager scope = network.newScope()) {
            NDArray squares = output(scope, ForwardMode.TRAINING).square().sum();
            network.backward(squares);
            loss = squares.getFloat();
        }
        network.collectGradients();
        optimizer.step(network.weights(), network.gradients(), 1);
        network.publishWeights();
        return loss;
    }

    private float[] outputs() {
        try (NDManager scope = network.newScope()) {
            return output(scope, ForwardMode.EVALUATION).toFloatArray();
        }
    }

    private NDArray output(NDManager scope, ForwardMode mode) {
        float[] values = new float[4 * 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        NDArray input = scope.create(values, new Shape(4, 8));
        return network.forward(new NDList(input), mode).get(0);
    }

    private float[] weights() {
        FloatBuffer buffer = network.weights().duplicate();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Test
    void aNetworkComputesWithTheAverageDuringTheSwap() {
        // Momentum so small that the average stays what the weights are at STARTED
        ModelEma<Double, Double> ema = new ModelEma<>(EmaOptions.of(1e-30), Weights.of(network));
        float[] before = outputs();
        Engine<Double, Double> trainer = new Engine<>("trainer", (engine, batch) -> step());
        trainer.attach(ema);
        trainer.run(RunLimit.epochs(1).withEpochLength(5));
        float[] after = outputs();
        assertThat(after).isNotEqualTo(before);

        Restoration restoration = ema.swap();
        try (restoration) {
            assertThat(outputs()).containsExactly(before);
        }
        assertThat(outputs()).containsExactly(after);
    }

    @Test
    void aTrialLeavesWeightsOptimizerAndLearningRateAsTheyWere() {
        step();
        float[] weights = weights();
        OptimizerState state = optimizer.state();
        LearningRateFinderOptions options = new LearningRateFinderOptions(1e-4, 100, 40, Ramp.EXPONENTIAL, 0.5, 3);
        LearningRateCurve curve = new LearningRateFinder<Double, Double>(
                        options, TrialModel.of(network, List.of(optimizer)), loss -> loss)
                .find((engine, batch) -> step(), BatchSource.of(List.of(0.0)));

        assertThat(curve.points()).hasSizeGreaterThan(10);
        assertThat(curve.diverged()).isTrue();
        assertThat(curve.suggestion().orElseThrow()).isPositive();
        assertThat(weights()).containsExactly(weights);
        assertThat(optimizer.state()).isEqualTo(state);
        assertThat(optimizer.learningRate()).isEqualTo(0.01);
    }
}
