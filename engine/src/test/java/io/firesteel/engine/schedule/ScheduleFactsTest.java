package io.firesteel.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.firesteel.engine.Facts;
import io.firesteel.engine.schedule.OneCycleSchedule.Phases;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same values as PyTorch's schedulers, whose chained forms round at every step. */
class ScheduleFactsTest {
    private static final double RATE = 0.05;
    private static final OneCycleSchedule ONE_CYCLE = OneCycleSchedule.ofPeak(0.1, 40);

    /** By the names of schedules.py. */
    private static final Map<String, Schedule> SCHEDULES = Map.ofEntries(
            Map.entry("step", new StepSchedule(RATE, 0.3, 7)),
            Map.entry("multi-step", new MultiStepSchedule(RATE, 0.5, List.of(4.0, 10.0, 10.0, 30.0))),
            Map.entry(
                    "constant",
                    new ConcatSchedule(
                            List.of(new ConstantSchedule(RATE / 3), new ConstantSchedule(RATE)), List.of(4.0))),
            Map.entry("linear", new LinearSchedule(RATE * 0.25, RATE * 0.8, 12)),
            Map.entry("exponential", new ExponentialSchedule(RATE, 0.93)),
            Map.entry("polynomial", new PolynomialSchedule(RATE, 0, 25, 2.5)),
            Map.entry("polynomial-line", new PolynomialSchedule(RATE, 0, 25, 1)),
            Map.entry(
                    "cosine",
                    new ConcatSchedule(
                            List.of(
                                    new CosineSchedule(RATE, 0.001, 30),
                                    new CosineSchedule(0.001, RATE, 30),
                                    new CosineSchedule(RATE, 0.001, 30)),
                            List.of(30.0, 30.0))),
            Map.entry("warm-restarts", new CyclicSchedule(Shape.COSINE, RATE, 0.001, 7)),
            Map.entry("warm-restarts-doubled", new CyclicSchedule(Shape.COSINE, RATE, 0, 7, 2, 1, 1, 0)),
            Map.entry("triangular", new TriangularSchedule(0.05, 0.4, 5, 9)),
            Map.entry("triangular-halved", new TriangularSchedule(0.05, 0.4, 6, 4, 0.5, 1)),
            Map.entry("triangular-range", new TriangularSchedule(0.05, 0.4, 5, 5, 1, 0.97)),
            Map.entry("warm-up-cosine", new CosineSchedule(RATE, 0.002, 50).after(RATE * 0.01, 6)),
            Map.entry(
                    "three-in-turn",
                    new ConcatSchedule(
                            List.of(
                                    new ExponentialSchedule(RATE, 0.9),
                                    new StepSchedule(RATE, 0.5, 3),
                                    new PolynomialSchedule(RATE, 0, 20, 2)),
                            List.of(10.0, 15.0))),
            Map.entry("one-cycle", ONE_CYCLE),
            Map.entry("one-cycle-momentum", oneCycle(0.95, 0.85, 0.95, 40, 0.3, Phases.TWO, Shape.COSINE)),
            Map.entry("one-cycle-lines", oneCycle(0.01, 0.1, 0.0001, 50, 0.21, Phases.TWO, Shape.LINEAR)),
            Map.entry("one-cycle-lines-momentum", oneCycle(0.95, 0.85, 0.95, 50, 0.21, Phases.TWO, Shape.LINEAR)),
            Map.entry("one-cycle-three", oneCycle(0.004, 0.1, 4e-7, 50, 0.4, Phases.THREE, Shape.COSINE)),
            Map.entry("one-cycle-three-momentum", oneCycle(0.95, 0.85, 0.95, 50, 0.4, Phases.THREE, Shape.COSINE)),
            Map.entry("cyclic", new TriangularSchedule(0.05, 0.4, 5, 9, 0.5, 1)),
            Map.entry("cyclic-momentum", new TriangularSchedule(0.95, 0.8, 5, 9, 0.5, 1)));

    private static OneCycleSchedule oneCycle(
            double start, double peak, double end, double steps, double rise, Phases phases, Shape shape) {
        return new OneCycleSchedule(start, peak, end, steps, rise, phases, shape);
    }

    static Stream<Arguments> facts() {
        return Facts.json("schedules.json").getAsJsonArray("runs").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(run -> Arguments.of(run.get("schedule").getAsString(), run));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("facts")
    void valuesEqualPyTorchs(String name, JsonObject run) {
        JsonArray expected = run.getAsJsonArray("values");
        boolean inEighths = name.equals("warm-restarts-eighths");
        Schedule schedule = inEighths ? new CyclicSchedule(Shape.COSINE, RATE, 0, 2, 2, 1, 1, 0) : SCHEDULES.get(name);
        for (int i = 0; i < expected.size(); i++) {
            assertClose(schedule.at(inEighths ? i / 8.0 : i), expected.get(i).getAsDouble(), i);
        }
    }

    @Test
    void everyScheduleIsCompared() {
        assertThat(facts().map(fact -> (String) fact.get()[0]).toList())
                .containsAll(SCHEDULES.keySet())
                .hasSize(SCHEDULES.size() + 1);
    }

    /** 1e-9 relative, or where values have fallen near 0, of the rate that they began with. */
    private static void assertClose(double actual, double expected, int step) {
        double tolerance = 1e-9 * Math.max(Math.abs(expected), 1e-6 * RATE);
        assertThat(actual).as("step %d", step).isCloseTo(expected, Offset.offset(tolerance));
    }
}
