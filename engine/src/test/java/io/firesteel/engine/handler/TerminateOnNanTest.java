package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.RunLimit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminateOnNanTest {
    private final Engine<Double, Double> engine = new Engine<>("trainer", (e, batch) -> batch);

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void theRunEndsAfterTheIterationWhoseOutputIsNoNumber(double value) {
        engine.attach(TerminateOnNan.of(output -> output));
        engine.run(BatchSource.of(List.of(1.0, value, 2.0)), RunLimit.epochs(1));

        assertThat(engine.state().iteration()).isEqualTo(2);
        assertThat(engine.terminationReason()).contains("the output of iteration 2 has " + value);
    }

    @Test
    void anyOfSeveralValuesIsEnough() {
        engine.attach(new TerminateOnNan<>(output -> new double[] {1, output, 2}));
        engine.run(BatchSource.of(List.of(1.0, 2.0, Double.NaN)), RunLimit.epochs(2));

        assertThat(engine.state().iteration()).isEqualTo(3);
    }

    @Test
    void finiteAndMissingValuesLetTheRunGoOn() {
        engine.attach(TerminateOnNan.of(output -> output));
        engine.attach(new TerminateOnNan<>(output -> new double[0]));
        engine.run(BatchSource.of(List.of(Double.MAX_VALUE, -0.0)), RunLimit.epochs(2));

        assertThat(engine.state().iteration()).isEqualTo(4);
        assertThat(engine.terminationReason()).isEmpty();
    }
}
