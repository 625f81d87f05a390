package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.firesteel.engine.checkpoint.SafeTensors;
import io.firesteel.engine.checkpoint.StoredTensor;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.data.Batch;
import io.firesteel.engine.data.BatchSchedule;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.data.StepBatches;
import io.firesteel.engine.data.StepIterator;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.model.Activation;
import io.firesteel.engine.model.Mlp;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.train.TestingRows.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G1: the gradient of all shards' batches, reduced, is the gradient of their union. */
@Timeout(120)
class ReductionTest {
    /** So large that a weight moves by the gradient alone, to the last bits of float32. */
    private static final double LEARNING_RATE = 1 << 20;

    private static final int COLUMNS = 7;

    @BeforeAll
    static void startTorch() {
        Torch.start(1);
    }

    private record Reduced(StepOutput output, SafeTensors after, List<Row> rows) {}

    @ParameterizedTest(name = "{0} replicas, batches of {1}, weighted: {2}")
    @CsvSource({"1,7,false", "2,7,false", "4,7,true", "2,1,true", "4,3,false", "3,64,true", "2,1000,true"})
    void gradientOfUnevenShardsIsThatOfTheUnionOfTheirBatches(int replicas, int batchSize, boolean weighted)
            throws Exception {
        check(WirePrecision.FLOAT32, replicas, batchSize, weighted);
    }

    /** Where each shard has taken one step of plain SGD, the mean of their weights is a step with the mean gradient. */
    @ParameterizedTest(name = "{0} replicas, batches of {1}, weighted: {2}")
    @CsvSource({"1,7,true", "2,7,false", "4,7,true", "2,1,true", "3,64,true"})
    void meanOfWeightsAfterOneStepOfEachShardIsAStepWithTheMeanGradient(int replicas, int batchSize, boolean weighted)
            throws Exception {
        check(new LocalSgd(1, OuterOptimizer.MEAN), replicas, batchSize, weighted);
    }

    private static void check(Synchronization synchronization, int replicas, int batchSize, boolean weighted)
            throws Exception {
        List<Row> rows = TestingRows.clouds(150, COLUMNS, 3);
        List<HostedShard> shards = TestingRows.shards(rows, 4, weighted, row -> unevenly(row, rows));
        assertThat(TestingRows.trainingRows(shards)).containsExactly(85, 34, 1, 0);
        TrainingSpec spec = spec(rows, synchronization, batchSize, weighted);
        SafeTensors before = weights(spec);
        PlainMlp plain = new PlainMlp(before);
        List<List<Reduced>> byRank = reduce(spec, shards, replicas);
        for (int step = 0; step < byRank.get(0).size(); step++) {
            List<Row> union = new ArrayList<>();
            for (List<Reduced> rank : byRank) {
                union.addAll(rank.get(step).rows());
                assertThat(rank.get(step).output())
                        .isEqualTo(byRank.get(0).get(step).output());
                assertThat(rank.get(step).after())
                        .isEqualTo(byRank.get(0).get(step).after());
            }
            compare(plain, before, union, weighted, byRank.get(0).get(step));
        }
    }

    private static void compare(
            PlainMlp plain, SafeTensors before, List<Row> union, boolean weighted, Reduced reduced) {
        Map<String, double[]> expected = plain.zeroGradient();
        double loss = 0;
        double weight = 0;
        for (Row row : union) {
            double own = weighted ? row.weight() : 1;
            plain.addGradient(expected, row.features(), row.label(), own);
            loss += own * plain.loss(row.features(), row.label());
            weight += own;
        }
        assertThat(reduced.output().weight()).isEqualTo(weight);
        if (weight == 0) {
            assertThat(reduced.output().loss()).isZero();
            assertThat(reduced.after()).isEqualTo(before);
            return;
        }
        assertThat(reduced.output().loss()).isCloseTo(loss / weight, within(1e-6 * loss / weight));
        double difference = 0;
        double norm = 0;
        for (StoredTensor tensor : before.tensors()) {
            FloatBuffer from = tensor.floats();
            FloatBuffer to = reduced.after().tensor(tensor.name()).floats();
            for (double sum : expected.get(tensor.name())) {
                double gradient = ((double) from.get() - to.get()) / LEARNING_RATE;
                difference += Math.pow(gradient - sum / weight, 2);
                norm += Math.pow(sum / weight, 2);
            }
        }
        assertThat(Math.sqrt(difference / norm))
                .as("relative difference of the gradient of %d rows", union.size())
                .isLessThan(1e-6);
    }

    /** What each step of an epoch does to the first weights, by rank. */
    private static List<List<Reduced>> reduce(TrainingSpec spec, List<HostedShard> shards, int replicas)
            throws Exception {
        List<List<Reduced>> byRank = new ArrayList<>();
        for (TestingReplicas.Ended<List<Reduced>> ended :
                TestingReplicas.run(replicas, communicator -> reduceOnOne(spec, shards, communicator))) {
            assertThat(ended.failure()).isNull();
            byRank.add(ended.value());
        }
        return byRank;
    }

    private static List<Reduced> reduceOnOne(TrainingSpec spec, List<HostedShard> all, Communicator communicator)
            throws Exception {
        List<HostedShard> shards = TestingReplicas.hosted(all, communicator.rank(), communicator.worldSize());
        List<Integer> numbers = shards.stream().map(HostedShard::number).toList();
        MetricSet metrics = spec.metricSet();
        BatchSchedule schedule = new BatchSchedule(spec.batchSize(), TestingRows.trainingRows(all));
        List<Reduced> reduced = new ArrayList<>();
        Torch.recordGradients(true);
        try (Network network = spec.network(Device.cpu());
                StepBatches batches = StepBatches.shuffled(
                        shards.stream().map(HostedShard::training).toList(), numbers, schedule, spec.seed());
                StepIterator steps = batches.open(1, 0)) {
            float[] first = new float[network.layout().floats()];
            network.weights().get(first);
            TrainingStep step = TrainingStep.of(
                    spec,
                    new Hosting(
                            network,
                            shards.size(),
                            communicator,
                            new ShardMetrics(metrics, numbers),
                            new PhaseTimes()));
            Engine<StepBatch, StepOutput> engine = new Engine<>("trainer", step);
            while (steps.hasNext()) {
                network.weights().put(first);
                network.publishWeights();
                StepBatch batch = steps.next();
                StepOutput output = step.process(engine, batch);
                reduced.add(new Reduced(output, read(network), rows(batch)));
            }
        }
        return reduced;
    }

    private static List<Row> rows(StepBatch step) {
        List<Row> rows = new ArrayList<>();
        for (Batch batch : step.batches()) {
            FloatBuffer inputs = batch.input(0).asFloatBuffer();
            for (int i = 0; i < batch.rows(); i++) {
                float[] features = new float[COLUMNS];
                inputs.get(features);
                float weight = batch.weighted() ? batch.floatWeights().get(i) : 1;
                rows.add(new Row(features, batch.longLabels().get(i), weight, 0, false));
            }
        }
        return rows;
    }

    private static SafeTensors weights(TrainingSpec spec) throws IOException {
        try (Network network = spec.network(Device.cpu())) {
            return read(network);
        }
    }

    private static SafeTensors read(Network network) throws IOException {
        return SafeTensors.read(new ByteArrayInputStream(WeightFile.of(network).toBytes()));
    }

    /** Most rows to shard 0, some to 1, one training row to 2, none to 3. */
    private static int unevenly(Row row, List<Row> all) {
        int number = all.indexOf(row);
        return number == 11 ? 2 : number % 7 < 5 ? 0 : 1;
    }

    private static TrainingSpec spec(List<Row> rows, Synchronization synchronization, int batchSize, boolean weighted) {
        return new TrainingSpec(
                TestingRows.layout(rows, weighted),
                new Mlp(List.of(9, 5), 3, Activation.RELU),
                LossFunction.CROSS_ENTROPY,
                Optimization.of(new Sgd(LEARNING_RATE, 0, false, 0)),
                synchronization,
                List.of("loss"),
                1,
                batchSize,
                17,
                CheckpointPolicy.NEVER,
                List.of());
    }
}
