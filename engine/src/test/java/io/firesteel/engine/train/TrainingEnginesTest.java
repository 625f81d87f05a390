package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where a setup's handlers run. */
class TrainingEnginesTest {
    private static final int RANKS = 3;

    @Test
    void handlerOnOneRankRunsThereAlone() {
        List<String> heard = new ArrayList<>();
        onEachRank(engines -> engines.onRank(
                1,
                Events.EPOCH_COMPLETED.every(2),
                trainer -> heard.add(
                        "rank " + engines.rank() + " epoch " + trainer.state().epoch())));
        assertThat(heard).containsExactly("rank 1 epoch 2", "rank 1 epoch 4");
    }

    @Test
    void setupOnOneRankIsGivenTheEnginesOfThatRank() {
        List<TrainingEngines> given = new ArrayList<>();
        onEachRank(engines -> engines.onRank(2, given::add));
        assertThat(given).extracting(TrainingEngines::rank).containsExactly(2);
    }

    @Test
    void rankThatTheRunHasNotIsRefusedOnEveryRank() {
        for (int rank = 0; rank < RANKS; rank++) {
            TrainingEngines engines = engines(rank, RANKS);
            assertThatThrownBy(() -> engines.onRank(3, one -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "Cannot attach handlers on rank 3: the run has 3 replicas (expected a rank from 0 to 2)");
        }
        assertThatThrownBy(() -> engines(0, 1).onRank(-1, Events.STARTED, trainer -> {}))
                .hasMessage("Cannot attach handlers on rank -1: the run has 1 replica (expected a rank from 0 to 0)");
    }

    private static void onEachRank(TrainingSetup setup) {
        IntStream.range(0, RANKS).mapToObj(rank -> engines(rank, RANKS)).forEach(engines -> {
            setup.attach(engines);
            engines.trainer().run(RunLimit.epochs(4).withEpochLength(1));
        });
    }

    private static TrainingEngines engines(int rank, int worldSize) {
        Engine<StepBatch, StepOutput> trainer = new Engine<>("trainer", (engine, batch) -> null);
        Engine<StepBatch, Void> evaluator = new Engine<>("evaluator", (engine, batch) -> null);
        return new TrainingEngines(trainer, evaluator, rank, worldSize, null);
    }
}
