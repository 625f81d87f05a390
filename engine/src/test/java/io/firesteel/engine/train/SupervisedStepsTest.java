package io.firesteel.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.data.Rows;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.event.BatchIterator;
import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.Position;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A trainer without Spark whose steps have several iterations. */
@Timeout(60)
class SupervisedStepsTest {
    private static final Optimization SGD = Optimization.of(new Sgd(0.5, 0.9, false, 0));
    private static final long SEED = 3;

    /** 50 rows: 7 iterations of 8, so steps of 32 and 18 rows. */
    @Test
    void iterationsOfAStepLearnWhatOneWithAllTheirRowsWould() {
        Rows rows = SupervisedTest.halves(50);
        try (Supervised small = SupervisedTest.classifier(rows);
                Supervised large = SupervisedTest.classifier(rows)) {
            List<Long> steps = new ArrayList<>();
            Engine<StepBatch, StepOutput> trainer = small.trainer(SGD, 4);
            trainer.on(TrainingEvents.STEP_COMPLETED, e -> steps.add(e.state().iteration()));
            trainer.run(rows.shuffled(8, SEED), RunLimit.epochs(3));
            large.trainer(SGD).run(rows.shuffled(32, SEED), RunLimit.epochs(3));

            assertThat(steps).containsExactly(4L, 7L, 11L, 14L, 18L, 21L);
            List<Float> expected = SupervisedTest.values(large.network());
            List<Float> actual = SupervisedTest.values(small.network());
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i)).isCloseTo(expected.get(i), within(1e-5f));
            }
        }
    }

    /** The source doesn't know its length, so the first epoch ends inside its second step. */
    @Test
    void epochOfUnknownLengthEndsItsStep() {
        Rows rows = SupervisedTest.halves(50);
        try (Supervised model = SupervisedTest.classifier(rows)) {
            List<Long> steps = new ArrayList<>();
            Engine<StepBatch, StepOutput> trainer = model.trainer(SGD, 4);
            trainer.on(TrainingEvents.STEP_COMPLETED, e -> steps.add(e.state().iteration()));
            trainer.run(unsized(rows.shuffled(8, SEED)), RunLimit.epochs(2));
            assertThat(steps).containsExactly(4L, 7L, 11L, 14L);
        }
    }

    private static BatchSource<StepBatch> unsized(BatchSource<StepBatch> source) {
        return new BatchSource<>() {
            @Override
            public OptionalLong length() {
                return OptionalLong.empty();
            }

            @Override
            public BatchIterator<StepBatch> open(Position position) {
                return source.open(position);
            }
        };
    }

    @Test
    void insideAStepNothingStopsAndNothingIsSaved() {
        Rows rows = SupervisedTest.halves(50);
        try (Supervised model = SupervisedTest.classifier(rows)) {
            Engine<StepBatch, StepOutput> trainer = model.trainer(SGD, 4);
            trainer.on(Events.ITERATION_COMPLETED.once(5), e -> {
                assertThatThrownBy(e::handlerStates)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("Cannot save the trainer: a step is under way, whose gradients would be lost"
                                + " (expected at or after STEP_COMPLETED)");
                e.terminate();
            });
            trainer.run(rows.shuffled(8, SEED), RunLimit.epochs(3));
            assertThat(trainer.state().iteration()).isEqualTo(7);
            assertThat(trainer.handlerStates()).containsKey("learnt");
        }
    }
}
