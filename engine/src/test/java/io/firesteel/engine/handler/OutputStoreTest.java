package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputStoreTest {
    private final Engine<Integer, Integer> engine = new Engine<>(
            "trainer", (e, batch) -> batch + 10 * Math.toIntExact(e.state().epoch()));

    private final OutputStore<Integer, Integer, String> store = new OutputStore<>(String::valueOf);

    private void run(long epochs) {
        engine.run(BatchSource.of(List.of(1, 2, 3)), RunLimit.epochs(epochs));
    }

    @Test
    void itHasTheOutputsOfTheEpochInOrder() {
        List<List<String>> epochs = new ArrayList<>();
        engine.attach(store);
        engine.on(Events.EPOCH_COMPLETED, e -> epochs.add(List.copyOf(store.outputs())));
        run(2);

        assertThat(epochs).containsExactly(List.of("11", "12", "13"), List.of("21", "22", "23"));
        assertThat(store.outputs()).containsExactly("21", "22", "23");
    }

    @Test
    void laterHandlersOfAnIterationFindItsOutput() {
        List<Integer> sizes = new ArrayList<>();
        engine.attach(store);
        engine.on(
                Events.ITERATION_COMPLETED,
                -1,
                "sizes",
                e -> sizes.add(store.outputs().size()));
        run(1);

        assertThat(sizes).containsExactly(1, 2, 3);
    }

    @Test
    void anEpochThatEndsEarlyHasFewer() {
        engine.attach(store);
        engine.on(Events.ITERATION_COMPLETED.once(2), Engine::terminateEpoch);
        run(1);

        assertThat(store.outputs()).containsExactly("11", "12");
    }

    @Test
    void whatItHasCanNotBeWrittenTo() {
        assertThatThrownBy(() -> store.outputs().add("x")).isInstanceOf(UnsupportedOperationException.class);
        assertThat(store.outputs()).isEmpty();
    }
}
