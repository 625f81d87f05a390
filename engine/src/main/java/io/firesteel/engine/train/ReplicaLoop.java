package io.firesteel.engine.train;

import ai.djl.Device;
import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.data.BatchAssembly;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.train.StepSamples.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The real path: a {@link ReplicaTraining} as a job has it, one epoch per block. Its last block ends with the check that all
 * replicas of the communicator have the same finite weights.
 */
final class ReplicaLoop implements StepLoop {
    private final int epochs;
    private final Communicator communicator;
    private final Network network;
    private final ReplicaTraining training;
    private final PhaseTimes times;
    private StepSamples samples;
    private int epoch;
    private long stepStart;

    /** What had been spent on each phase when the step began. */
    private final PhaseTimes before = new PhaseTimes();

    /**
     * @param workload what to train
     * @param shard this rank's; stays the caller's
     * @param communicator to the replicas that train with this one; stays the caller's
     * @param assembly by which thread
     * @param blocks how often this loop will be run
     */
    ReplicaLoop(
            StepWorkload workload, HostedShard shard, Communicator communicator, BatchAssembly assembly, int blocks) {
        this.epochs = blocks;
        this.communicator = communicator;
        TrainingSpec spec = workload.training(communicator.worldSize(), blocks);
        this.network = spec.network(Device.cpu());
        SharedParameters.place(network, spec, communicator.worldSize(), communicator);
        long[] rows = new long[communicator.worldSize()];
        Arrays.fill(rows, workload.rows());
        HostedShard hosted = new HostedShard(communicator.rank(), shard.training(), shard.validation());
        this.training = new ReplicaTraining(
                spec,
                network,
                List.of(hosted),
                rows,
                0,
                communicator,
                new NoCoordination(StateMerger.of(spec.metricSet())),
                CheckpointStore.none(),
                assembly);
        this.times = training.times();
        training.attach(this::attach);
    }

    /**
     * Makes every step end at a barrier.
     *
     * @param everyone to the replicas that take the same steps; stays the caller's
     */
    ReplicaLoop meeting(Communicator everyone) {
        training.attach(engines -> engines.trainer().on(Events.ITERATION_COMPLETED, engine -> everyone.barrier()));
        return this;
    }

    private void attach(TrainingEngines engines) {
        engines.trainer().on(Events.EPOCH_STARTED, Integer.MIN_VALUE, "step samples", this::beginBlock);
        engines.trainer().on(Events.ITERATION_COMPLETED, Integer.MIN_VALUE, "step samples", this::endStep);
    }

    @Override
    public void run(StepSamples block) {
        samples = block;
        if (epoch == 0) {
            WeightBroadcast.fromFirstRank(network, communicator);
        }
        epoch++;
        if (epoch < epochs) {
            training.trainTo(epoch);
        } else {
            training.run();
        }
        samples.endBlock();
    }

    private void beginBlock(Engine<StepBatch, StepOutput> engine) {
        samples.beginBlock();
        for (Phase phase : Phase.values()) {
            spent(phase);
        }
        stepStart = System.nanoTime();
    }

    private void endStep(Engine<StepBatch, StepOutput> engine) {
        long now = System.nanoTime();
        samples.add(new Sample(
                now - stepStart,
                spent(Phase.FORWARD),
                spent(Phase.BACKWARD),
                spent(Phase.REDUCE),
                spent(Phase.OPTIMIZER),
                spent(Phase.DATA),
                spent(Phase.METRICS)));
        stepStart = now;
    }

    /** Since it was last asked. */
    private long spent(Phase phase) {
        long spent = times.nanos(phase) - before.nanos(phase);
        before.add(phase, spent);
        return spent;
    }

    @Override
    public void close() {
        try (network;
                training) {
            // Both are closed, even if closing one fails.
        }
    }

    /** A benchmark's epochs are nobody's business: each replica merges the states of its own shard. */
    private record NoCoordination(StateMerger merger) implements Coordination {
        @Override
        public Map<String, byte[]> merge(String key, List<ShardStates> local) {
            return merger.merge(local);
        }

        @Override
        public void progress(Progress progress) {
            // Nobody listens.
        }

        @Override
        public void epochCompleted(EpochRecord record) {
            // Nobody listens.
        }

        @Override
        public void found(Finding finding) {
            // Nothing is looked for.
        }

        @Override
        public void checkpointCommitted(CheckpointRecord checkpoint) {
            // There are no checkpoints.
        }
    }
}
