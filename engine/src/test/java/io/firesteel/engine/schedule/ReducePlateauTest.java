package io.firesteel.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.firesteel.engine.Facts;
import io.firesteel.engine.schedule.ReducePlateau.Measure;
import io.firesteel.engine.schedule.ReducePlateau.Mode;
import io.firesteel.engine.schedule.ReducePlateau.State;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReducePlateauTest {
    private static final double RATE = 0.05;

    /** By the names of schedules.py. */
    private static final Map<String, ReducePlateau> PLATEAUS = Map.of(
            "defaults", ReducePlateau.of(Mode.MIN),
            "max", new ReducePlateau(Mode.MAX, 0.5, 1, 1.99, Measure.ABSOLUTE, 0, 0),
            "cooldown", new ReducePlateau(Mode.MIN, 0.3, 1, 0.01, Measure.RELATIVE, 3, 0),
            "minimum", new ReducePlateau(Mode.MIN, 0.1, 0, 1e-4, Measure.RELATIVE, 0, 0.004),
            "max-relative", new ReducePlateau(Mode.MAX, 0.6, 2, 0.05, Measure.RELATIVE, 0, 0),
            "eager", new ReducePlateau(Mode.MIN, 0.2, 0, 0, Measure.ABSOLUTE, 0, 0));

    static Stream<Arguments> facts() {
        return Facts.json("plateau.json").getAsJsonArray("runs").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(run -> Arguments.of(
                        run.get("plateau").getAsString(), run.get("sequence").getAsString(), run));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("facts")
    void valuesEqualPyTorchs(String name, String sequence, JsonObject run) {
        ReducePlateau plateau = PLATEAUS.get(name);
        State state = plateau.begin(RATE);
        for (int i = 0; i < run.getAsJsonArray("metrics").size(); i++) {
            state = plateau.next(state, metric(run, i));
            double expected = run.getAsJsonArray("values").get(i).getAsDouble();
            assertThat(state.value()).as("value %d", i).isCloseTo(expected, Offset.offset(1e-9 * expected));
        }
    }

    private static double metric(JsonObject run, int index) {
        String text = run.getAsJsonArray("metrics").get(index).getAsString();
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    @Test
    void notANumberIsNoImprovement() {
        ReducePlateau plateau = new ReducePlateau(Mode.MIN, 0.5, 1, 0, Measure.ABSOLUTE, 0, 0);
        State first = plateau.next(plateau.begin(1), 3);
        State second = plateau.next(first, Double.NaN);
        assertThat(second).isEqualTo(new State(1, 3, 1, 0));
        assertThat(plateau.next(second, Double.NaN)).isEqualTo(new State(0.5, 3, 0, 0));
    }

    @Test
    void runOfNothingButNaNsShrinksToo() {
        ReducePlateau plateau = new ReducePlateau(Mode.MAX, 0.5, 0, 0, Measure.ABSOLUTE, 0, 0.3);
        State state = plateau.begin(1);
        for (int i = 0; i < 5; i++) {
            state = plateau.next(state, Double.NaN);
        }
        assertThat(state).isEqualTo(new State(0.3, Double.NEGATIVE_INFINITY, 0, 0));
    }

    @Test
    void valueBelowTheMinimumStays() {
        ReducePlateau plateau = new ReducePlateau(Mode.MIN, 0.5, 0, 0, Measure.ABSOLUTE, 0, 0.3);
        State state = plateau.next(plateau.next(plateau.begin(0.1), 1), 1);
        assertThat(state.value()).isEqualTo(0.1);
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertRefused(() -> plateau(1, 0, 0, 0, 0), "Invalid factor: 1.0 (must be > 0 and < 1)");
        assertRefused(() -> plateau(0.1, -1, 0, 0, 0), "Invalid patience: -1 (must be >= 0)");
        assertRefused(() -> plateau(0.1, 0, -1, 0, 0), "Invalid threshold: -1.0 (must be a finite number >= 0)");
        assertRefused(() -> plateau(0.1, 0, 1, 0, 0), "Invalid threshold: 1.0 (must be < 1 with a relative measure)");
        assertRefused(() -> plateau(0.1, 0, 0, -1, 0), "Invalid cooldown: -1 (must be >= 0)");
        assertRefused(
                () -> plateau(0.1, 0, 0, 0, Double.NEGATIVE_INFINITY),
                "Invalid minimum: -Infinity (must be a finite number)");
        assertRefused(() -> new State(Double.NaN, 0, 0, 0), "Invalid value: NaN (must be a finite number)");
        assertRefused(() -> new State(0, Double.NaN, 0, 0), "Invalid best: NaN (must be a number)");
        assertRefused(() -> new State(0, 0, -1, 0), "Invalid withoutImprovement: -1 (must be >= 0)");
        assertRefused(() -> new State(0, 0, 0, -1), "Invalid cooldown: -1 (must be >= 0)");
    }

    private static ReducePlateau plateau(double factor, int patience, double threshold, int cooldown, double minimum) {
        return new ReducePlateau(Mode.MIN, factor, patience, threshold, Measure.RELATIVE, cooldown, minimum);
    }

    private static void assertRefused(Runnable creation, String message) {
        assertThatIllegalArgumentException().isThrownBy(creation::run).withMessage(message);
    }
}
