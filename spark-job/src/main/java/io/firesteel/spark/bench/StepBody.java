package io.firesteel.spark.bench;

import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.train.StepBenchmark;
import io.firesteel.engine.train.StepWorkload;
import io.firesteel.spark.barrier.Rank;
import io.firesteel.spark.barrier.RankBody;
import java.io.IOException;

/** One rank of the step benchmark: a replica with one libtorch thread. */
record StepBody(StepWorkload workload) implements RankBody<StepResult> {
    @Override
    public StepResult run(Rank rank) throws IOException {
        Torch.start(1);
        try (Communicator communicator = rank.meet(options -> options);
                StepBenchmark benchmark = new StepBenchmark(workload, communicator)) {
            return new StepResult(rank.process(), benchmark.run());
        }
    }
}
