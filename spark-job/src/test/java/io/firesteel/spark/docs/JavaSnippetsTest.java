package io.firesteel.spark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.data.ElementType;
import io.firesteel.engine.data.RowLayout;
import io.firesteel.engine.data.ShardStore;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.model.ModelFactory;
import io.firesteel.engine.model.ModelSpec;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.model.UserModel;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Sgd;
import io.firesteel.engine.train.CheckpointPolicy;
import io.firesteel.engine.train.CheckpointRecord;
import io.firesteel.engine.train.Coordination;
import io.firesteel.engine.train.CoordinatorEngine;
import io.firesteel.engine.train.CoordinatorHandlers;
import io.firesteel.engine.train.CoordinatorSetup;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.HostedShard;
import io.firesteel.engine.train.LossFunction;
import io.firesteel.engine.train.ReplicaOutcome;
import io.firesteel.engine.train.ReplicaTraining;
import io.firesteel.engine.train.ShardStates;
import io.firesteel.engine.train.StateMerger;
import io.firesteel.engine.train.TrainingSetup;
import io.firesteel.engine.train.TrainingSpec;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every {@code java} block compiles without a warning: a complete class, or the statements of one. One marked {@code run} also
 * trains a few epochs in this process, as the job's model or setup, on rows of two numbers that a line divides into two classes.
 */
@Timeout(120)
class JavaSnippetsTest {
    private static final int ROWS = 64;
    private static final int EPOCHS = 30;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final TensorSpec INPUT = new TensorSpec("input0", ElementType.FLOAT32, List.of(2));
    private static final TensorSpec LABEL = new TensorSpec("label", ElementType.INT64, List.of());
    private static final RowLayout LAYOUT = new RowLayout(List.of(INPUT), LABEL, false);
    private static final String LOSS = "loss";

    @TempDir
    Path temp;

    @Test
    void everyClassCompilesWithoutAWarning() {
        CompiledSnippets compiled = CompiledSnippets.of(blocks(), temp);

        assertThat(compiled.blocks()).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> classTrains() {
        CompiledSnippets compiled = CompiledSnippets.of(blocks(), temp);
        return compiled.blocks().stream()
                .filter(block -> block.isMarked("run"))
                .map(block -> DynamicTest.dynamicTest(block.place(), () -> assertTrains(compiled, block)));
    }

    private static List<CodeBlock> blocks() {
        return Page.documentation().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.is("java"))
                .toList();
    }

    private void assertTrains(CompiledSnippets compiled, CodeBlock block) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = compiled.loader()) {
            thread.setContextClassLoader(loader);
            ReplicaOutcome outcome = train(CompiledSnippets.className(block), loader);
            assertThat(outcome.epochs()).isPositive();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private ReplicaOutcome train(String className, ClassLoader loader) throws Exception {
        Class<?> type = loader.loadClass(className);
        ModelSpec model = ModelFactory.class.isAssignableFrom(type)
                ? new UserModel(className, Map.of("hidden", "8"))
                : new io.firesteel.engine.model.Linear(2);
        boolean isSetup = TrainingSetup.class.isAssignableFrom(type) || CoordinatorSetup.class.isAssignableFrom(type);
        List<String> setups = isSetup ? List.of(className) : List.of();
        TrainingSpec spec = new TrainingSpec(
                LAYOUT,
                model,
                LossFunction.CROSS_ENTROPY,
                Optimization.of(new Sgd(0.5, 0, false, 0)),
                List.of(LOSS),
                EPOCHS,
                8,
                1,
                CheckpointPolicy.NEVER,
                setups);
        try (CoordinatorHandlers handlers = new CoordinatorHandlers(spec, () -> {})) {
            CoordinatorEngine engine = new CoordinatorEngine(handlers.engine(), "r1", temp.toString(), 1);
            spec.coordinatorSetups().forEach(setup -> setup.onCoordinator(engine));
            Epochs epochs = new Epochs(spec, handlers);
            ReplicaOutcome outcome = train(spec, epochs);
            handlers.completed(outcome, DEADLINE);
            assertThat(epochs.lastLoss).isLessThan(epochs.firstLoss);
            return outcome;
        }
    }

    private ReplicaOutcome train(TrainingSpec spec, Epochs epochs) {
        Torch.start(1);
        try (HostedShard shard = new HostedShard(0, rows(ROWS), rows(ROWS / 2));
                Network network = spec.network(Device.cpu());
                ReplicaTraining training = new ReplicaTraining(
                        spec,
                        network,
                        List.of(shard),
                        new long[] {ROWS},
                        ROWS / 2,
                        Communicator.local(),
                        epochs,
                        CheckpointStore.none())) {
            spec.setups().forEach(training::attach);
            return training.run();
        }
    }

    private ShardStore rows(int count) {
        try (ShardStore.Writer writer = ShardStore.open(LAYOUT, temp, 1 << 20)) {
            IntStream.range(0, count).forEach(row -> write(row, writer.next()));
            return writer.finish();
        }
    }

    /** Points on a circle, whose upper half is one class. */
    private static void write(int row, ByteBuffer record) {
        double angle = 2 * Math.PI * (row + 0.5) / 32;
        record.putFloat(LAYOUT.inputOffset(0), (float) Math.cos(angle));
        record.putFloat(LAYOUT.inputOffset(0) + Float.BYTES, (float) Math.sin(angle));
        record.putLong(LAYOUT.labelOffset(), Math.sin(angle) > 0 ? 1 : 0);
        record.putLong(LAYOUT.hashOffset(), row);
    }

    /** The coordinator of a world of one. */
    private static final class Epochs implements Coordination {
        private final StateMerger merger;
        private final CoordinatorHandlers handlers;
        private double firstLoss = Double.NaN;
        private double lastLoss = Double.NaN;

        Epochs(TrainingSpec spec, CoordinatorHandlers handlers) {
            this.merger = StateMerger.of(spec.metricSet());
            this.handlers = handlers;
            handlers.begin(new long[] {ROWS}, epoch -> {});
        }

        @Override
        public Map<String, byte[]> merge(String key, List<ShardStates> local) {
            return merger.merge(local);
        }

        @Override
        public void progress(Progress progress) {
            // Nobody listens.
        }

        @Override
        public void epochCompleted(EpochRecord epoch) {
            lastLoss = epoch.metrics().get("train.loss");
            if (epoch.epoch() == 1) {
                firstLoss = lastLoss;
            }
            handlers.epochCompleted(epoch);
        }

        @Override
        public Optional<String> stopAfter(int epoch) {
            long end = System.nanoTime() + DEADLINE.toNanos();
            while (handlers.decision(epoch).isEmpty() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            handlers.checkNoneFailed();
            return handlers.decision(epoch)
                    .map(CoordinatorHandlers.Decision::stopReason)
                    .filter(reason -> !reason.isEmpty());
        }

        @Override
        public void found(Finding finding) {
            throw new AssertionError("nothing is looked for");
        }

        @Override
        public void checkpointCommitted(CheckpointRecord checkpoint) {
            throw new AssertionError("no checkpoint is due");
        }
    }
}
