package io.firesteel.engine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptimizerStateTest {
    private static final OptimizerState WHOLE =
            new OptimizerState(7, Map.of("exp_avg", new float[] {1, 2, 3}, "exp_avg_sq", new float[] {4, 5, 6}));

    @Test
    void slicesJoinToTheWhole() {
        assertThat(OptimizerState.join(List.of(WHOLE.slice(0, 1), WHOLE.slice(1, 1), WHOLE.slice(1, 3))))
                .isEqualTo(WHOLE);
        assertThat(OptimizerState.join(List.of(WHOLE))).isEqualTo(WHOLE);
    }

    @Test
    void sliceIsACopyOfItsPart() {
        OptimizerState slice = WHOLE.slice(1, 3);
        assertThat(slice.steps()).isEqualTo(7);
        assertThat(slice.slots().get("exp_avg")).containsExactly(2, 3);
        assertThat(slice.slots().get("exp_avg_sq")).containsExactly(5, 6);
    }

    @Test
    void statesWithoutSlotsJoin() {
        OptimizerState plain = new OptimizerState(3, Map.of());
        assertThat(OptimizerState.join(List.of(plain, plain.slice(0, 10)))).isEqualTo(plain);
    }

    @Test
    void slicesOfDifferentStatesDoNotJoin() {
        OptimizerState later = new OptimizerState(8, WHOLE.slots());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptimizerState.join(List.of(WHOLE, later)))
                .withMessageStartingWith("Cannot join optimizer states: OptimizerState[steps=8, slots=[")
                .withMessageContaining(" doesn't go on from OptimizerState[steps=7, slots=[");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptimizerState.join(List.of(WHOLE, new OptimizerState(7, Map.of()))))
                .withMessageStartingWith(
                        "Cannot join optimizer states: OptimizerState[steps=7, slots=[]] doesn't go on");
    }

    @Test
    void sliceBeyondTheSlotsIsRefused() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> WHOLE.slice(2, 4));
    }
}
