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
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelEmaTest {
    private final TestingWeights weights = new TestingWeights(20, 3);

    static Stream<JsonObject> facts() {
        return Facts.json("handlers.json").getAsJsonArray("ema").asList().stream()
                .map(JsonElement::getAsJsonObject);
    }

    /** A trainer that sets the weights of step 1, 2, …; they are those of step 0 before. */
    private static Engine<Void, Void> trainer(TestingWeights weights, ModelEma<Void, Void> ema) {
        weights.set(0);
        Engine<Void, Void> trainer = new Engine<>("trainer", (engine, batch) -> {
            weights.set(engine.state().iteration());
            return null;
        });
        trainer.attach(ema);
        return trainer;
    }

    private static RunLimit iterations(long count) {
        return RunLimit.iterations(count).withEpochLength(7);
    }

    @ParameterizedTest
    @MethodSource("facts")
    void averagesEqualPyTorchsAndNumPys(JsonObject fact) {
        TestingWeights large = new TestingWeights(5000, 10);
        EmaOptions options = new EmaOptions(
                fact.get("momentum").getAsDouble(),
                fact.get("warmupMomentum").getAsDouble(),
                fact.get("warmupUpdates").getAsLong(),
                1,
                fact.get("buffersAveraged").getAsBoolean() ? Buffers.AVERAGED : Buffers.COPIED);
        ModelEma<Void, Void> ema = new ModelEma<>(options, large);
        trainer(large, ema).run(iterations(fact.get("steps").getAsLong()));

        try (Restoration swap = ema.swap()) {
            assertThat(swap).isNotNull();
            assertThat(large.shown())
                    .containsExactly(Facts.floats(fact.getAsJsonArray("values")), Offset.offset(2e-6f));
        }
        assertThat(ema.updates()).isEqualTo(50);
    }

    @Test
    void theMomentumGoesInAStraightLineOverTheWarmup() {
        EmaOptions options = EmaOptions.of(0.5).withWarmup(0.1, 5);

        assertThat(Stream.of(1, 2, 3, 4, 5, 6, 100).map(options::momentumAt))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
                .containsExactly(0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.5);
        assertThat(new ModelEma<Void, Void>(options, weights).momentum()).isEqualTo(0.1);
    }

    @Test
    void everyIterationsSkipsThoseBetween() {
        ModelEma<Void, Void> ema = new ModelEma<>(EmaOptions.of(1).withEveryIterations(3), weights);
        trainer(weights, ema).run(iterations(8));
        TestingWeights sixth = new TestingWeights(20, 3);
        sixth.set(6);

        assertThat(ema.updates()).isEqualTo(2);
        try (Restoration swap = ema.swap()) {
            assertThat(swap).isNotNull();
            assertThat(weights.values).containsExactly(sixth.values);
        }
    }

    @Test
    void anAverageOfEqualWeightsStaysWhatTheyAre() {
        ModelEma<Void, Void> ema = new ModelEma<>(EmaOptions.of(0.3).withBuffers(Buffers.AVERAGED), weights);
        weights.set(4);
        Engine<Void, Void> still = new Engine<>("trainer", (engine, batch) -> null);
        still.attach(ema);
        still.run(iterations(50));

        assertThat(ema.state().floats("average")).containsExactly(weights.values);
    }

    @Test
    void aSwapGivesTheModelItsOwnWeightsBack() {
        ModelEma<Void, Void> ema = new ModelEma<>(EmaOptions.of(0.3), weights);
        trainer(weights, ema).run(iterations(5));
        float[] own = weights.values.clone();

        Restoration swap = ema.swap();
        assertThat(weights.values).isEqualTo(ema.state().floats("average")).isNotEqualTo(own);
        assertThat(weights.published).isEqualTo(1);
        swap.close();
        swap.close();
        assertThat(weights.values).containsExactly(own);
        assertThat(weights.published).isEqualTo(2);
    }

    @Test
    void trainingWithTheAverageIsRefused() {
        ModelEma<Void, Void> ema = new ModelEma<>(EmaOptions.of(0.3), weights);
        assertThatIllegalStateException()
                .isThrownBy(ema::swap)
                .withMessage("Cannot swap in the moving average of the weights: there is none yet"
                        + " (0 updates, expected at least 1)");
        Engine<Void, Void> trainer = trainer(weights, ema);
        trainer.on(Events.ITERATION_COMPLETED.once(2), e -> ema.swap());

        assertThatIllegalStateException()
                .isThrownBy(() -> trainer.run(iterations(3)))
                .withMessage("Cannot update the moving average of the weights: the model computes with it just now"
                        + " (expected the swap to be closed before)");
        assertThatIllegalStateException()
                .isThrownBy(ema::swap)
                .withMessageStartingWith(
                        "Cannot swap in the moving average of the weights: the model computes with it");
    }

    @Test
    void aRunRestoredAtAnyIterationHasTheSameAverageBitByBit() {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            EmaOptions options =
                    EmaOptions.of(0.2).withWarmup(0.01, random.nextInt(30)).withEveryIterations(1 + random.nextInt(3));
            ModelEma<Void, Void> whole = new ModelEma<>(options, weights);
            trainer(weights, whole).run(iterations(30));

            Engine<Void, Void> before = trainer(weights, new ModelEma<>(options, weights));
            before.on(Events.ITERATION_COMPLETED.once(1 + random.nextInt(29)), Engine::interrupt);
            before.run(iterations(30));
            StateDict saved = StateDict.fromBytes(
                    before.handlerStates().get("moving average of weights").toBytes());
            ModelEma<Void, Void> restored = new ModelEma<>(options, weights);
            Engine<Void, Void> after = trainer(weights, restored);
            restored.restore(saved);
            after.resumeAt(before.progress());
            after.run(iterations(30));

            assertThat(restored.state()).isEqualTo(whole.state());
        }
    }

    @Test
    void aRunThatGoesOnWithoutItsAverageBeginsOneWithTheWeightsThatItHas() {
        Engine<Void, Void> before = trainer(weights, new ModelEma<>(EmaOptions.of(0.2), weights));
        before.on(Events.ITERATION_COMPLETED.once(4), Engine::interrupt);
        before.run(iterations(30));
        ModelEma<Void, Void> ema = new ModelEma<>(EmaOptions.of(0.2), weights);
        Engine<Void, Void> after = trainer(weights, ema);
        weights.set(4);
        float[] fourth = weights.values.clone();
        after.on(
                Events.STARTED,
                -1000,
                "look",
                e -> assertThat(ema.state().floats("average")).containsExactly(fourth));
        after.resumeAt(before.progress());
        after.run(iterations(30));

        assertThat(ema.updates()).isEqualTo(26);
    }

    @Test
    void aSecondRunFromTheBeginningBeginsWithTheWeightsOfThen() {
        ModelEma<Void, Void> ema = new ModelEma<>(EmaOptions.of(0.2), weights);
        Engine<Void, Void> trainer = trainer(weights, ema);
        trainer.run(iterations(10));
        StateDict first = ema.state();
        weights.set(0);
        trainer.restart();
        trainer.run(iterations(10));

        assertThat(ema.state()).isEqualTo(first);
    }

    @Test
    void optionsAndStatesOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmaOptions.of(0))
                .withMessage("Invalid momentum: 0.0 (must be > 0 and <= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmaOptions.of(0.1).withWarmup(Double.NaN, 3))
                .withMessage("Invalid warmupMomentum: NaN (must be > 0 and <= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmaOptions.of(0.1).withWarmup(0.2, -1))
                .withMessage("Invalid warmupUpdates: -1 (must be >= 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmaOptions.of(0.1).withEveryIterations(0))
                .withMessage("Invalid everyIterations: 0 (must be > 0)");
        ModelEma<Void, Void> ema = new ModelEma<>(EmaOptions.of(0.1), weights);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ema.restore(StateDict.builder(1)
                        .put("updates", 1)
                        .put("average", new float[22])
                        .build()))
                .withMessage("Cannot restore the moving average of the weights: it has 22 floats"
                        + " (expected 23, as the model)");
        assertThat(Arrays.stream(Buffers.values()).map(Buffers::label)).containsExactly("copied", "averaged");
    }
}
