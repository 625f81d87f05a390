package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An evaluator that runs inside a handler of a trainer. */
class NestedEnginesTest {
    private final Engine<Long, Long> trainer = new Engine<>("train", (e, batch) -> batch);
    private final Engine<Long, Long> evaluator = new Engine<>("evaluate", (e, batch) -> batch);
    private final List<String> calls = new ArrayList<>();

    private void evaluateAt(EventSelector when) {
        trainer.on(when, e -> evaluator.run(TestSource.sized(3), RunLimit.epochs(1)));
    }

    private void note(EventSelector when) {
        evaluator.on(
                when,
                e -> calls.add(trainer.state().epoch() + "," + trainer.state().iteration() + ": "
                        + e.state().iteration()));
    }

    @Test
    void theEvaluatorBeginsAnewEachTime() {
        evaluateAt(Events.EPOCH_COMPLETED);
        note(Events.COMPLETED);

        trainer.run(TestSource.sized(10), RunLimit.epochs(3));

        assertThat(calls).containsExactly("1,10: 3", "2,20: 3", "3,30: 3");
    }

    @Test
    void itsHandlersMayCountTheTrainersEpochs() {
        evaluateAt(Events.EPOCH_COMPLETED);
        note(Events.COMPLETED.every(2).countedBy(trainer));

        trainer.run(TestSource.sized(10), RunLimit.epochs(5));

        assertThat(calls).containsExactly("2,20: 3", "4,40: 3");
    }

    @Test
    void itsHandlersMayCountTheTrainersIterations() {
        evaluateAt(Events.ITERATION_COMPLETED.every(4));
        note(Events.ITERATION_COMPLETED.after(5).before(12).countedBy(trainer));
        note(Events.ITERATION_STARTED.once(12).countedBy(trainer));

        trainer.run(TestSource.sized(10), RunLimit.iterations(12));

        assertThat(calls).containsExactly("1,8: 1", "1,8: 2", "1,8: 3", "2,12: 1", "2,12: 2", "2,12: 3");
    }

    @Test
    void aSelectorShowsWhoCounts() {
        assertThat(Events.COMPLETED.every(2).countedBy(trainer)).hasToString("COMPLETED.every(2).countedBy(train)");
        assertThat(Events.COMPLETED.every(2).countedBy(trainer).when((e, count) -> true))
                .hasToString("COMPLETED.every(2).countedBy(train).when(...)");
    }

    @Test
    void anEventThatCountsSomethingElseIsRefused() {
        Event own = () -> "OWN";

        assertThatThrownBy(() -> own.every(2).countedBy(trainer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot count OWN.every(2) by engine train: OWN counts neither epochs nor iterations"
                        + " (expected an event that does)");
        assertThatThrownBy(() -> Events.TERMINATE.every(2).countedBy(trainer))
                .hasMessageStartingWith("Cannot count TERMINATE.every(2) by engine train: TERMINATE counts neither");
    }

    @Test
    void theEvaluatorMayStopTheTrainerAndFireItsEvents() {
        Event improved = () -> "IMPROVED";
        trainer.registerEvents(improved);
        trainer.on(improved, e -> calls.add("improved"));
        evaluateAt(Events.EPOCH_COMPLETED);
        evaluator.on(Events.COMPLETED.once(1).countedBy(trainer), e -> trainer.fire(improved));
        evaluator.on(Events.COMPLETED.once(2).countedBy(trainer), e -> trainer.terminate("good enough"));

        trainer.run(TestSource.sized(10), RunLimit.epochs(5));

        assertThat(calls).containsExactly("improved");
        assertThat(trainer.state().epoch()).isEqualTo(2);
        assertThat(trainer.terminationReason()).contains("good enough");
        assertThat(evaluator.terminationReason()).isEmpty();
    }
}
