package io.firesteel.engine.train;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.data.BatchAssembly;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.optim.Adam;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what a training step takes, and where. Several arrangements of the same workload train in one run, in turn, block
 * after block, so that whatever else the machine does hits all of them alike:
 *
 * <pre>
 *   for each block, warm-up first
 *     for each {@link StepArrangement}
 *       barrier
 *       the replicas that take part run the steps of a block; the others wait at the next barrier
 * </pre>
 *
 * With one replica there is nothing to exchange: only ALONE, BARE and DJL run. DJL runs where the optimizer is {@link Adam}.
 * Replicas that run at the same time all assemble their batches as those that exchange do.
 */
public final class StepBenchmark implements AutoCloseable {
    private final StepWorkload workload;
    private final Communicator communicator;
    private final Communicator own = Communicator.local();
    private final HostedShard shard;
    private final Map<StepArrangement, StepLoop> loops = new EnumMap<>(StepArrangement.class);

    /** Of the loops that run on the first replica alone; null elsewhere. */
    private final ReadyBatches batches;

    /**
     * Builds networks and rows. Collective.
     *
     * @param workload the same on all ranks
     * @param communicator to the other replicas; stays the caller's, who closes it after this
     */
    public StepBenchmark(StepWorkload workload, Communicator communicator) {
        this.workload = workload;
        this.communicator = communicator;
        this.shard = new SyntheticRows(workload).shard(communicator.rank());
        this.batches = communicator.rank() == 0 ? new ReadyBatches(workload, shard.training()) : null;
        try {
            addLoops();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void addLoops() {
        Torch.recordGradients(true);
        if (communicator.worldSize() > 1) {
            BatchAssembly together = assembly(communicator);
            loops.put(StepArrangement.EXCHANGING, loop(communicator, together));
            loops.put(StepArrangement.SEPARATE, loop(own, together));
            loops.put(StepArrangement.IN_STEP, loop(own, together).meeting(communicator));
        }
        if (communicator.rank() == 0) {
            loops.put(StepArrangement.ALONE, loop(own, assembly(own)));
            loops.put(StepArrangement.BARE, new BareLoop(workload, batches));
            if (workload.optimizer() instanceof Adam adam) {
                loops.put(StepArrangement.DJL, new DjlLoop(workload, batches, adam));
            }
        }
    }

    private BatchAssembly assembly(Communicator replicas) {
        return ReplicaTraining.assembly(List.of(shard.training()), replicas);
    }

    private ReplicaLoop loop(Communicator replicas, BatchAssembly assembly) {
        return new ReplicaLoop(workload, shard, replicas, assembly, workload.allBlocks());
    }

    /**
     * Runs all blocks, once. Collective.
     *
     * @return what this rank has measured, for the arrangements that it took part in
     */
    public Map<StepArrangement, StepTimes> run() {
        Map<StepArrangement, StepSamples> samples = new EnumMap<>(StepArrangement.class);
        for (int block = 0; block < workload.allBlocks(); block++) {
            if (block == workload.warmUpBlocks()) {
                samples.clear();
            }
            runEach(samples);
        }
        communicator.barrier();
        Map<StepArrangement, StepTimes> times = new LinkedHashMap<>();
        samples.forEach((arrangement, collected) -> times.put(arrangement, collected.times()));
        return times;
    }

    private void runEach(Map<StepArrangement, StepSamples> samples) {
        for (StepArrangement arrangement : StepArrangement.values()) {
            StepLoop loop = loops.get(arrangement);
            communicator.barrier();
            if (loop != null) {
                loop.run(samples.computeIfAbsent(arrangement, first -> new StepSamples(workload.batch())));
            }
        }
    }

    @Override
    public void close() {
        try (own;
                shard;
                batches) {
            loops.values().forEach(StepLoop::close);
        }
    }
}
