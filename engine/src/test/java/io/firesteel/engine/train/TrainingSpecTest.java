package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.model.Linear;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Clipping;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.ParameterGroup;
import io.firesteel.engine.optim.Sgd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSpecTest {
    private static final TensorSpec CLASS = new TensorSpec("class", ElementType.INT64, List.of());

    /** Attaches nothing. */
    public static final class Quiet implements TrainingSetup {
        @Override
        public void attach(TrainingEngines engines) {}
    }

    @BeforeAll
    static void startTorch() {
        Torch.start(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3})
    void epochsBelowOneAreRefused(int epochs) {
        assertThatThrownBy(() -> spec(CLASS, LossFunction.CROSS_ENTROPY, 3, epochs, 8, List.of("loss")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid epochs: " + epochs + " (must be >= 1)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3})
    void batchSizesBelowOneAreRefused(int batchSize) {
        assertThatThrownBy(() -> spec(CLASS, LossFunction.CROSS_ENTROPY, 3, 1, batchSize, List.of("loss")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid batchSize: " + batchSize + " (must be >= 1)");
    }

    @Test
    void crossEntropyOfTargetsThatAreNumbersIsRefused() {
        assertThatThrownBy(() -> spec(targets(1), LossFunction.CROSS_ENTROPY, 3, 1, 8, List.of("loss")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot compute crossEntropy: labels are float32 (expected int64)");
    }

    @Test
    void crossEntropyOfSeveralClassesPerRowIsRefused() {
        TensorSpec two = new TensorSpec("classes", ElementType.INT64, List.of(2));
        assertThatThrownBy(() -> spec(two, LossFunction.CROSS_ENTROPY, 3, 1, 8, List.of("loss")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot compute crossEntropy: the label has 2 columns (expected 1, the class of the row)");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CROSS_ENTROPY")
    void lossesOfNumbersRefuseClassesAndOtherNumbersOfColumns(LossFunction loss) {
        assertThatThrownBy(() -> spec(CLASS, loss, 1, 1, 8, List.of("loss")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot compute " + loss.label() + ": labels are int64 (expected float32)");
        TrainingSpec spec = spec(targets(2), loss, 3, 1, 8, List.of("loss"));
        assertThatThrownBy(() -> spec.network(Device.cpu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot compute " + loss.label()
                        + ": the model has 3 outputs, the label has 2 columns (expected the same number)");
    }

    @Test
    void networkHasRoomForLossAndWeightBehindItsGradients() {
        TrainingSpec spec = spec(targets(2), LossFunction.MSE, 2, 1, 8, List.of("loss"));
        try (Network network = spec.network(Device.cpu())) {
            assertThat(network.outputs()).isEqualTo(2);
            assertThat(network.gradients().capacity())
                    .isEqualTo(network.layout().floats() + GradientReducer.EXCHANGE_FLOATS);
        }
    }

    @Test
    void metricsComeInTheOrderOfTheirNames() {
        TrainingSpec spec = spec(CLASS, LossFunction.CROSS_ENTROPY, 3, 1, 8, List.of("accuracy", "loss"));
        assertThat(spec.metricSet().names()).containsExactly("accuracy", "loss");
    }

    @Test
    void groupThatFitsNoParameterIsRefusedWithTheNetwork() {
        TrainingSpec spec = withOptimization(new Optimization(
                new Sgd(0.1, 0, false, 0), List.of(new ParameterGroup("*.beta", 1, 0)), Clipping.none(), false));
        assertThatThrownBy(() -> spec.network(Device.cpu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot group parameters: none is called *.beta (expected a name or pattern out of 1.weight,"
                                + " 1.bias)");
    }

    @Test
    void unknownMetricIsNamed() {
        TrainingSpec spec = spec(CLASS, LossFunction.CROSS_ENTROPY, 3, 1, 8, List.of("lose"));
        assertThatThrownBy(spec::metricSet).hasMessageStartingWith("Invalid metric: lose (must be one of [loss, ");
    }

    @Test
    void setupsAreMadeAnewForEachReplica() {
        TrainingSpec spec = withSetup(Quiet.class.getName());
        assertThat(spec.setups()).hasSize(1).hasOnlyElementsOfType(Quiet.class);
        assertThat(spec.setups().get(0)).isNotSameAs(spec.setups().get(0));
    }

    @Test
    void setupIsMadeWhereItHasHandlers() {
        assertThat(withSetup(Quiet.class.getName()).coordinatorSetups()).isEmpty();
        assertThat(withSetup(Quiet.class.getName()).isCoordinated()).isFalse();
        TrainingSpec ofDriver = withSetup(QuietOnDriver.class.getName());
        assertThat(ofDriver.setups()).isEmpty();
        assertThat(ofDriver.coordinatorSetups()).hasSize(1).hasOnlyElementsOfType(QuietOnDriver.class);
        assertThat(ofDriver.isCoordinated()).isTrue();
        assertThat(withSetup(QuietOnBoth.class.getName()).setups()).hasSize(1);
        assertThat(withSetup(QuietOnBoth.class.getName()).coordinatorSetups()).hasSize(1);
    }

    @Test
    void setupThatCannotBeMadeIsNamed() {
        assertThatThrownBy(() -> withSetup("com.acme.Missing").setups())
                .hasMessage("Cannot find setup class com.acme.Missing: it isn't on the class path (give its jar with"
                        + " --jars)");
        assertThatThrownBy(() -> withSetup("java.lang.Object").setups())
                .hasMessage("Cannot use setup class java.lang.Object: it doesn't implement "
                        + TrainingSetup.class.getName() + " or " + CoordinatorSetup.class.getName());
    }

    @Test
    void specSurvivesJavaSerialization() throws IOException, ClassNotFoundException {
        TrainingSpec spec = withSetup(Quiet.class.getName());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(spec);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(spec);
        }
    }

    private static TensorSpec targets(int columns) {
        return new TensorSpec("targets", ElementType.FLOAT32, List.of(columns));
    }

    private static TrainingSpec withSetup(String className) {
        TrainingSpec plain = spec(CLASS, LossFunction.CROSS_ENTROPY, 3, 1, 8, List.of("loss"));
        return new TrainingSpec(
                plain.layout(),
                plain.model(),
                plain.loss(),
                plain.optimizer(),
                plain.metrics(),
                plain.epochs(),
                plain.batchSize(),
                plain.seed(),
                CheckpointPolicy.NEVER,
                List.of(className));
    }

    private static TrainingSpec withOptimization(Optimization optimization) {
        TrainingSpec plain = spec(CLASS, LossFunction.CROSS_ENTROPY, 3, 1, 8, List.of("loss"));
        return new TrainingSpec(
                plain.layout(),
                plain.model(),
                plain.loss(),
                optimization,
                plain.metrics(),
                plain.epochs(),
                plain.batchSize(),
                plain.seed(),
                CheckpointPolicy.NEVER,
                List.of());
    }

    private static TrainingSpec spec(
            TensorSpec label, LossFunction loss, int outputs, int epochs, int batchSize, List<String> metrics) {
        TensorSpec input = new TensorSpec("x", ElementType.FLOAT32, List.of(4));
        return new TrainingSpec(
                new RowLayout(List.of(input), label, false),
                new Linear(outputs),
                loss,
                Optimization.of(new Sgd(0.1, 0, false, 0)),
                metrics,
                epochs,
                batchSize,
                17,
                CheckpointPolicy.NEVER,
                List.of());
    }

    /** Has nothing to attach, and that on the driver. */
    public static final class QuietOnDriver implements CoordinatorSetup {
        @Override
        public void onCoordinator(CoordinatorEngine coordinator) {
            // There is nothing to hear.
        }
    }

    /** Has nothing to attach anywhere. */
    public static final class QuietOnBoth implements TrainingSetup, CoordinatorSetup {
        @Override
        public void attach(TrainingEngines engines) {
            // There is nothing to hear.
        }

        @Override
        public void onCoordinator(CoordinatorEngine coordinator) {
            // There is nothing to hear.
        }
    }
}
