package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.event.BatchSource;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private static final String END = System.lineSeparator();

    private final TestingClock clock = new TestingClock();
    private final StringBuilder terminal = new StringBuilder();
    private Duration iterationTime = Duration.ofMillis(500);
    private final Engine<Double, Double> engine = new Engine<>("trainer", (e, batch) -> {
        clock.advance(iterationTime);
        return batch;
    });

    private void attach(Appendable target) {
        engine.attach(new ProgressBar<>(target, output -> Map.of("loss", output), clock));
    }

    private void run(int batches, long epochs) {
        engine.run(BatchSource.of(Collections.nCopies(batches, 0.125)), RunLimit.epochs(epochs));
    }

    @Test
    void aLinePerEpochIsWrittenOver() {
        attach(terminal);
        engine.on(Events.EPOCH_COMPLETED, e -> e.state().metrics().put("train.loss", 0.25));
        run(4, 1);

        assertThat(terminal)
                .hasToString("\rEpoch 1/1 [=====>              ] 1/4, 2.0 it/s, 0:02 left, loss 0.12500"
                        + "\rEpoch 1/1 [==========>         ] 2/4, 2.0 it/s, 0:01 left, loss 0.12500"
                        + "\rEpoch 1/1 [===============>    ] 3/4, 2.0 it/s, 0:01 left, loss 0.12500"
                        + "\rEpoch 1/1 [====================] 4/4, 2.0 it/s, loss 0.12500           "
                        + "\rEpoch 1/1 [====================] 4/4, 2.0 it/s, train.loss 0.25000" + END);
    }

    @Test
    void fastIterationsAreDrawnFiveTimesASecond() {
        iterationTime = Duration.ofMillis(1);
        attach(terminal);
        run(1000, 1);

        // The first one, every 200th from then on, and the end of the epoch
        assertThat(terminal.chars().filter(c -> c == '\r')).hasSize(6);
    }

    @Test
    void aResumedEpochHasTheSpeedOfWhatItRuns() {
        attach(new StringBuilder());
        engine.on(Events.ITERATION_COMPLETED.once(3), Engine::interrupt);
        run(4, 2);
        Engine<Double, Double> resumed = new Engine<>("trainer", (e, batch) -> {
            clock.advance(Duration.ofSeconds(1));
            return batch;
        });
        resumed.attach(new ProgressBar<>(terminal, output -> Map.of(), clock));
        resumed.resumeAt(engine.progress());
        resumed.run(BatchSource.of(Collections.nCopies(4, 0.125)), RunLimit.epochs(2));

        assertThat(terminal.toString()).startsWith("\rEpoch 1/2 [====================] 4/4, 1.0 it/s\r");
    }

    @Test
    void longAndUnknownEpochsAreShown() {
        iterationTime = Duration.ofSeconds(100);
        attach(terminal);
        engine.on(Events.ITERATION_COMPLETED.once(1), e -> e.terminate());
        run(100, 1);
        engine.restart();
        Iterable<Double> ofUnknownLength = List.of(1.0);
        engine.run(BatchSource.of(ofUnknownLength), RunLimit.epochs(1));

        assertThat(terminal)
                .hasToString("\rEpoch 1/1 [>                   ] 1/100, 0.0 it/s, 2:45:00 left, loss 0.12500" + END
                        + "\rEpoch 1/1 1, 0.0 it/s, loss 1.0000" + END);
    }

    @Test
    void aFailureLeavesTheLine() {
        attach(terminal);
        engine.on(Events.ITERATION_STARTED.once(2), e -> {
            throw new IllegalStateException("down");
        });

        assertThatThrownBy(() -> run(4, 1)).hasMessage("down");
        assertThat(terminal.toString()).endsWith("loss 0.12500" + END);
    }

    @Test
    void aBrokenTerminalDoesNotEndTheRun() {
        int[] writes = {0};
        attach(new Appendable() {
            @Override
            public Appendable append(CharSequence text) throws IOException {
                writes[0]++;
                throw new IOException("broken pipe");
            }

            @Override
            public Appendable append(CharSequence text, int start, int end) throws IOException {
                return append(text);
            }

            @Override
            public Appendable append(char c) throws IOException {
                return append(String.valueOf(c));
            }
        });
        run(4, 2);

        assertThat(engine.state().epoch()).isEqualTo(2);
        assertThat(writes[0]).isEqualTo(1);
    }
}
