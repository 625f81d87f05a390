package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.train.TestingRows.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** G7: what a run holds doesn't grow with its steps. */
@Timeout(180)
class TrainingMemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final int BATCH_SIZE = 256;
    private static final int STEPS_PER_EPOCH = 6;
    private static final int WARM_UP_STEPS = 600;
    private static final int STEPS = 3000;

    /** Resident memory goes up and down by itself: the least of several samples is compared. */
    private static final int SAMPLES = 7;

    private static final int STEPS_BETWEEN_SAMPLES = 100;

    /** Half of what losing the smaller hidden layer's output in every step would come to: 256 rows of 64 floats. */
    private static final long BOUND_KIB = STEPS * 64L / 2;

    private static List<Row> digits;

    @BeforeAll
    static void prepare() {
        Torch.start(1);
        digits = TestingRows.digits();
    }

    @Test
    void networkHoldsNoMoreArraysAfterAHundredStepsThanAfterTen() {
        List<Integer> arrays = new ArrayList<>();
        run(17, (network, iteration) -> {
            if (iteration == 10 || iteration == 100) {
                arrays.add(managedArrays(network));
            }
        });
        assertThat(arrays).hasSize(2);
        assertThat(arrays.get(1)).isEqualTo(arrays.get(0));
    }

    @Test
    void residentMemoryDoesNotGrowWithTheSteps() {
        long[] least = {Long.MAX_VALUE, Long.MAX_VALUE};
        int window = SAMPLES * STEPS_BETWEEN_SAMPLES;
        run((WARM_UP_STEPS + STEPS + window) / STEPS_PER_EPOCH + 1, (network, iteration) -> {
            long step = iteration - WARM_UP_STEPS;
            if (step >= 0 && step % STEPS_BETWEEN_SAMPLES == 0 && step % STEPS < window) {
                int late = step < STEPS ? 0 : 1;
                least[late] = Math.min(least[late], residentKib());
            }
        });
        assertThat(least[1] - least[0]).as("KiB more after %d steps", STEPS).isLessThan(BOUND_KIB);
    }

    private interface Probe {
        void look(Network network, long iteration);
    }

    private static void run(int epochs, Probe probe) {
        TrainingSpec spec = new TrainingSpec(
                TestingRows.layout(digits, false),
                new Mlp(List.of(128, 64), 10, Activation.RELU),
                LossFunction.CROSS_ENTROPY,
                Optimization.of(new Adam(0.001, 0.9, 0.999, 1e-8, 0)),
                List.of("loss", "accuracy"),
                epochs,
                BATCH_SIZE,
                17,
                CheckpointPolicy.NEVER,
                List.of());
        List<HostedShard> shards = TestingRows.shards(digits, 2, false);
        try (Network network = spec.network(Device.cpu());
                ReplicaTraining training = new ReplicaTraining(
                        spec,
                        network,
                        shards,
                        TestingRows.trainingRows(shards),
                        TestingRows.validationRows(shards),
                        Communicator.local(),
                        new TestingCoordination(1, spec.metricSet()),
                        CheckpointStore.none())) {
            training.attach(engines -> engines.trainer()
                    .on(
                            Events.ITERATION_COMPLETED,
                            engine -> probe.look(network, engine.state().iteration())));
            training.run();
        }
    }

    /** Arrays that the network's manager would have to close. */
    private static int managedArrays(Network network) {
        try (NDManager scope = network.newScope()) {
            BaseNDManager manager = (BaseNDManager) scope.getParentManager();
            return manager.getManagedArrays().size();
        }
    }

    /** After a collection, so that the heap's own size is about the same each time. */
    private static long residentKib() {
        System.gc();
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
