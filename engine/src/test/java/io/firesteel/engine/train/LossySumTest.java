package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.comm.Partition;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.kernel.NarrowFloat;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.ParameterLayout;
import io.firesteel.engine.model.Torch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a sum loses is owed, and nothing is lost for good. */
@Timeout(120)
class LossySumTest {
    private static final int FLOATS = 3 * 4096 + 1234;
    private static final int ROWS = 64;
    private static final int COLUMNS = 48;

    @BeforeAll
    static void startTorch() {
        Torch.start(1);
    }

    @ParameterizedTest
    @EnumSource
    void roundedSumsAndDebtsAddUpToWhatWasContributed(NarrowFloat type) {
        try (Communicator communicator = Communicator.local()) {
            RoundedSum sums = new RoundedSum(communicator, Partition.even(FLOATS, 1), false, type);
            List<float[]> owed = List.of(new float[FLOATS], new float[FLOATS], new float[FLOATS]);
            double[] contributed = new double[FLOATS];
            double[] received = new double[FLOATS];
            Random random = new Random(5);
            FloatBuffer sum = LocalWorker.direct(FLOATS);
            for (int step = 0; step < 20; step++) {
                contribute(random, owed, contributed);
                sums.add(owed, sum);
                addTo(received, sum);
            }
            assertClose(received, contributed, type == NarrowFloat.FLOAT16 ? 8e-3 : 6e-2);
            sum.put(0, new float[FLOATS]);
            sums.settle(sum);
            addTo(received, sum);
            owed.forEach(debts -> addTo(received, FloatBuffer.wrap(debts)));
            assertClose(received, contributed, 1e-5);
        }
    }

    /** The two lists are of the size of a step's gradient; single elements differ by up to the bound times that. */
    private static void assertClose(double[] actual, double[] expected, double bound) {
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(bound * magnitude(i)));
        }
    }

    /** Blocks of very different sizes, some of which float16 doesn't have. */
    private static double magnitude(int i) {
        return Math.pow(10, 10 * (i / 4096) - 15);
    }

    private static void contribute(Random random, List<float[]> owed, double[] contributed) {
        for (float[] debts : owed) {
            for (int i = 0; i < FLOATS; i++) {
                float value = (float) (random.nextGaussian() * magnitude(i));
                debts[i] += value;
                contributed[i] += value;
            }
        }
    }

    private static void addTo(double[] received, FloatBuffer sum) {
        for (int i = 0; i < received.length; i++) {
            received[i] += sum.get(i);
        }
    }

    /** Two replicas of one shard each: half of the bytes of float32, and two bytes per block. */
    @Test
    void halfOfTheBytesTravel() throws Exception {
        for (TestingReplicas.Ended<Long> ended : TestingReplicas.run(2, communicator -> {
            Partition slices = Partition.aligned(FLOATS, 2, 4096);
            RoundedSum sums = new RoundedSum(communicator, slices, false, NarrowFloat.BFLOAT16);
            FloatBuffer sum = LocalWorker.direct(FLOATS);
            sums.add(List.of(new float[FLOATS]), sum);
            long before = communicator.bytesSent();
            sums.add(List.of(new float[FLOATS]), sum);
            return communicator.bytesSent() - before;
        })) {
            assertThat(ended.failure()).isNull();
            assertThat(ended.value()).isEqualTo(2L * (FLOATS + 4));
        }
    }

    @Test
    void lowRankMatricesTravelWhole() {
        try (Communicator communicator = Communicator.local();
                Network network = network()) {
            ParameterLayout layout = network.layout();
            LossySum sums = new PowerSgdSum(communicator, layout, 4, 9);
            float[] values = new float[layout.trainableFloats()];
            addMode(values, matrix(layout), 0, 3);
            addMode(values, matrix(layout), 5, 2);
            float[] expected = values.clone();
            FloatBuffer sum = LocalWorker.direct(values.length);
            sums.add(List.of(values), sum);
            for (int i = 0; i < values.length; i++) {
                assertThat(sum.get(i)).isCloseTo(expected[i], within(1e-5f));
                assertThat(values[i]).isCloseTo(0, within(1e-5f));
            }
        }
    }

    /** Of modes with sizes 5, 4, 3, 2, 1 the best matrix of rank 2 leaves the last three (Eckart and Young). */
    @Test
    void factorsFindTheLargestPartsOfAMatrixThatStays() {
        try (Communicator communicator = Communicator.local();
                Network network = network()) {
            ParameterLayout layout = network.layout();
            PowerSgdSum sums = new PowerSgdSum(communicator, layout, 2, 9);
            FloatBuffer sum = LocalWorker.direct(layout.trainableFloats());
            float[] values = new float[layout.trainableFloats()];
            for (int step = 0; step < 40; step++) {
                Arrays.fill(values, 0);
                for (int mode = 0; mode < 5; mode++) {
                    addMode(values, matrix(layout), mode, 5 - mode);
                }
                sums.add(List.of(values), sum);
            }
            double left = 0;
            for (float value : values) {
                left += (double) value * value;
            }
            assertThat(Math.sqrt(left)).isCloseTo(Math.sqrt(3 * 3 + 2 * 2 + 1), within(1e-3));
        }
    }

    @Test
    void factoredSumsAndDebtsAddUpToWhatWasContributed() {
        try (Communicator communicator = Communicator.local();
                Network network = network()) {
            int floats = network.layout().trainableFloats();
            PowerSgdSum sums = new PowerSgdSum(communicator, network.layout(), 3, 9);
            List<float[]> owed = List.of(new float[floats], new float[floats]);
            Random random = new Random(6);
            double[] contributed = new double[floats];
            double[] received = new double[floats];
            FloatBuffer sum = LocalWorker.direct(floats);
            for (int step = 0; step < 10; step++) {
                for (float[] debts : owed) {
                    for (int i = 0; i < floats; i++) {
                        float value = (float) random.nextGaussian();
                        debts[i] += value;
                        contributed[i] += value;
                    }
                }
                sums.add(owed, sum);
                addTo(received, sum);
            }
            owed.forEach(debts -> addTo(received, FloatBuffer.wrap(debts)));
            for (int i = 0; i < floats; i++) {
                assertThat(received[i]).isCloseTo(contributed[i], within(1e-4));
            }
        }
    }

    @Test
    void nothingButZerosStaysNothing() {
        try (Communicator communicator = Communicator.local();
                Network network = network()) {
            int floats = network.layout().trainableFloats();
            PowerSgdSum sums = new PowerSgdSum(communicator, network.layout(), 3, 9);
            FloatBuffer sum = LocalWorker.direct(floats);
            for (int step = 0; step < 3; step++) {
                sums.add(List.of(new float[floats]), sum);
                for (int i = 0; i < floats; i++) {
                    assertThat(sum.get(i)).isZero();
                }
            }
            float[] values = new float[floats];
            addMode(values, matrix(network.layout()), 1, 2);
            sums.add(List.of(values), sum);
            assertThat(Math.abs(values[matrix(network.layout()).offset() + 1])).isLessThan(1e-5f);
        }
    }

    private static Network network() {
        return Network.create(
                new Mlp(List.of(ROWS), 3, Activation.RELU),
                List.of(new TensorSpec("x", ElementType.FLOAT32, List.of(COLUMNS))),
                new TensorSpec("class", ElementType.INT64, List.of()),
                1,
                Device.cpu(),
                16);
    }

    private static ParameterLayout.Entry matrix(ParameterLayout layout) {
        List<ParameterLayout.Entry> large = new ArrayList<>();
        layout.entries().stream()
                .filter(entry -> entry.length() == ROWS * COLUMNS)
                .forEach(large::add);
        return large.get(0);
    }

    /** Adds size · u vᵀ with the cosine vectors of that number, which are orthonormal. */
    private static void addMode(float[] values, ParameterLayout.Entry entry, int mode, double size) {
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                values[entry.offset() + i * COLUMNS + j] +=
                        (float) (size * cosine(mode, i, ROWS) * cosine(mode, j, COLUMNS));
            }
        }
    }

    private static double cosine(int mode, int i, int length) {
        double norm = Math.sqrt((mode == 0 ? 1.0 : 2.0) / length);
        return norm * Math.cos(Math.PI * mode * (i + 0.5) / length);
    }
}
