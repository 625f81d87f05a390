package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SavedValuesTest {
    private static final StateKey<Long> COUNT = StateKey.saved("count", Long.class);
    private static final StateKey<Long> UNSAVED_COUNT = StateKey.of("count", Long.class);
    private static final StateKey<String> TEXT_COUNT = StateKey.saved("count", String.class);
    private static final StateDict SAVED = StateDict.of(1, Map.of("count", 7L, "name", "first"));

    private final Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);

    @Test
    void valuesAreThereBeforeTheFirstRun() {
        assertThat(engine.savedValues().names()).isEmpty();
        engine.state().put(COUNT, 3L);
        engine.state().put(StateKey.of("other", String.class), "not saved");
        assertThat(engine.savedValues()).isEqualTo(StateDict.of(1, Map.of("count", 3L)));
    }

    @Test
    void valueWaitsUntilSomebodyLooksForIt() {
        engine.restoreValues(SAVED);
        assertThat(engine.state().find(COUNT)).contains(7L);
        assertThat(engine.savedValues()).isEqualTo(SAVED);
    }

    @Test
    void valueThatNobodyHasLookedForIsSavedAgain() {
        engine.restoreValues(SAVED);
        assertThat(engine.savedValues()).isEqualTo(SAVED);
    }

    @Test
    void valueThatIsThereIsReplaced() {
        engine.state().put(COUNT, 1L);
        engine.restoreValues(SAVED);
        assertThat(engine.state().find(COUNT)).contains(7L);
    }

    @Test
    void valueThatIsPutTakesThePlaceOfTheOneThatWaits() {
        engine.restoreValues(SAVED);
        engine.state().put(COUNT, 8L);
        assertThat(engine.state().find(COUNT)).contains(8L);
        assertThat(engine.savedValues().longValue("count")).isEqualTo(8);
    }

    @Test
    void valueThatIsNotThereInTheSavedOnesStays() {
        StateKey<Double> best = StateKey.saved("best", Double.class);
        engine.state().put(best, 0.5);
        engine.restoreValues(SAVED);
        assertThat(engine.state().find(best)).contains(0.5);
    }

    @Test
    void valueOfAnotherTypeIsRefused() {
        engine.state().put(TEXT_COUNT, "three");
        assertThatThrownBy(() -> engine.restoreValues(SAVED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot restore state value count: it is a Long (expected a String)");
        assertThat(engine.state().find(TEXT_COUNT)).contains("three");
        assertThat(engine.savedValues().names()).containsExactly("count");
    }

    @Test
    void waitingValueOfAnotherTypeIsRefusedWhenSomebodyLooksForIt() {
        engine.restoreValues(SAVED);
        assertThatThrownBy(() -> engine.state().find(TEXT_COUNT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot restore state value count: it is a Long (expected a String)");
    }

    @Test
    void keyThatIsNotSavedAnyMoreIsRefused() {
        engine.state().put(UNSAVED_COUNT, 3L);
        assertThatThrownBy(() -> engine.restoreValues(SAVED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot restore state value count: its key is not saved"
                        + " (expected one of StateKey.saved, as where it came from)");
    }

    @Test
    void runningEngineIsRefused() {
        engine.on(Events.STARTED, e -> e.restoreValues(SAVED));
        assertThatThrownBy(() -> engine.run(RunLimit.epochs(1).withEpochLength(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot restore the values of engine train: it is running (at STARTED, expected idle)");
    }
}
