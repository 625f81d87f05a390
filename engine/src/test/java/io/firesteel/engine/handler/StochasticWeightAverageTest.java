package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.firesteel.engine.Facts;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.event.StateDict;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StochasticWeightAverageTest {
    private final TestingWeights weights = new TestingWeights(20, 3);

    static Stream<JsonObject> facts() {
        return Facts.json("handlers.json").getAsJsonArray("mean").asList().stream()
                .map(JsonElement::getAsJsonObject);
    }

    /** A trainer that sets the weights of each epoch. */
    private static Engine<Void, Void> trainer(TestingWeights weights, StochasticWeightAverage<Void, Void> mean) {
        Engine<Void, Void> trainer = new Engine<>("trainer", (engine, batch) -> {
            weights.set(engine.state().epoch());
            return null;
        });
        trainer.attach(mean);
        return trainer;
    }

    private static RunLimit epochs(long count) {
        return RunLimit.epochs(count).withEpochLength(2);
    }

    @ParameterizedTest
    @MethodSource("facts")
    void meansEqualPyTorchs(JsonObject fact) {
        TestingWeights large = new TestingWeights(5000, 10);
        Buffers buffers = fact.get("buffersAveraged").getAsBoolean() ? Buffers.AVERAGED : Buffers.COPIED;
        StochasticWeightAverage<Void, Void> mean =
                new StochasticWeightAverage<>(new SwaOptions(fact.get("from").getAsLong(), 1, buffers), large);
        trainer(large, mean).run(epochs(fact.get("steps").getAsLong()));

        try (Restoration swap = mean.swap()) {
            assertThat(swap).isNotNull();
            assertThat(large.shown())
                    .containsExactly(Facts.floats(fact.getAsJsonArray("values")), Offset.offset(1e-6f));
        }
    }

    @Test
    void everyEpochsSkipsThoseBetween() {
        StochasticWeightAverage<Void, Void> mean =
                new StochasticWeightAverage<>(new SwaOptions(2, 3, Buffers.AVERAGED), weights);
        trainer(weights, mean).run(epochs(9));

        // Epochs 2, 5 and 8
        double expected = IntStream.of(2, 5, 8)
                .mapToDouble(epoch -> ((37 * 7 + 101 * epoch) % 401 - 200) / 256.0)
                .average()
                .orElseThrow();
        assertThat(mean.updates()).isEqualTo(3);
        assertThat(mean.state().floats("average")[7]).isCloseTo((float) expected, Offset.offset(1e-6f));
    }

    @Test
    void thereIsNoMeanBeforeItsFirstEpoch() {
        StochasticWeightAverage<Void, Void> mean = new StochasticWeightAverage<>(SwaOptions.from(5), weights);
        trainer(weights, mean).run(epochs(4));

        assertThat(mean.updates()).isZero();
        assertThatIllegalStateException()
                .isThrownBy(mean::swap)
                .withMessage(
                        "Cannot swap in the mean of the weights: there is none yet (0 updates, expected at least 1)");
    }

    @Test
    void aRunRestoredAtAnyIterationHasTheSameMeanBitByBit() {
        StochasticWeightAverage<Void, Void> whole = new StochasticWeightAverage<>(SwaOptions.from(3), weights);
        trainer(weights, whole).run(epochs(8));
        for (int cut = 1; cut < 16; cut++) {
            Engine<Void, Void> before = trainer(weights, new StochasticWeightAverage<>(SwaOptions.from(3), weights));
            before.on(Events.ITERATION_COMPLETED.once(cut), Engine::interrupt);
            before.run(epochs(8));
            StochasticWeightAverage<Void, Void> restored = new StochasticWeightAverage<>(SwaOptions.from(3), weights);
            Engine<Void, Void> after = trainer(weights, restored);
            after.restoreHandlers(before.handlerStates());
            after.resumeAt(before.progress());
            after.run(epochs(8));

            assertThat(restored.state()).isEqualTo(whole.state());
        }
    }

    @Test
    void aSecondRunFromTheBeginningBeginsAnotherMean() {
        StochasticWeightAverage<Void, Void> mean = new StochasticWeightAverage<>(SwaOptions.from(3), weights);
        Engine<Void, Void> trainer = trainer(weights, mean);
        trainer.run(epochs(8));
        StateDict first = mean.state();
        trainer.restart();
        trainer.run(epochs(8));

        assertThat(mean.state()).isEqualTo(first);
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SwaOptions.from(0))
                .withMessage("Invalid fromEpoch: 0 (must be > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SwaOptions(1, 0, Buffers.COPIED))
                .withMessage("Invalid everyEpochs: 0 (must be > 0)");
    }
}
