package io.firesteel.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.schedule.PiecewiseLinearSchedule.Point;
import io.firesteel.engine.schedule.ReducePlateau.Measure;
import io.firesteel.engine.schedule.ReducePlateau.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The values that PyTorch Ignite's own tests of its parameter schedulers expect. */
class IgniteCasesTest {
    private static final double[] DOWN = {1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1};
    private static final double[] TRIANGLE = {1, 0.8, 0.6, 0.4, 0.2, 0, 0.2, 0.4, 0.6, 0.8};

    /** Rounded to seven digits, as those tests have it. */
    private static final double[] COSINE = {
        0, 0.0244717, 0.0954915, 0.2061074, 0.3454915, 0.5, 0.6545085, 0.7938926, 0.9045085, 0.9755283
    };

    @Test
    void triangleRepeats() {
        assertValues(new CyclicSchedule(Shape.TRIANGLE, 1, 0, 10), join(TRIANGLE, TRIANGLE));
    }

    @Test
    void secondTriangleIsTwiceAsLong() {
        double[] slower = {
            1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9
        };
        assertValues(
                new CyclicSchedule(Shape.TRIANGLE, 1, 0, 10, 2, 1, 1, 0), join(TRIANGLE, slower, new double[] {1}));
    }

    @Test
    void lineLeadsBackToItsStartBetweenCycles() {
        Schedule schedule = new CyclicSchedule(Shape.LINEAR, 1, 0, 10, 1, 1, 1, 5);
        assertValues(schedule, join(DOWN, new double[] {0, 0.2, 0.4, 0.6, 0.8, 1, 0.9}));
    }

    @Test
    void cosineRepeats() {
        assertRounded(new CyclicSchedule(Shape.COSINE, 0, 1, 10), join(COSINE, COSINE));
    }

    @Test
    void cosineLeadsBackToItsStartBetweenCycles() {
        Schedule schedule = new CyclicSchedule(Shape.COSINE, 0, 1, 10, 1, 1, 1, 2);
        assertRounded(schedule, join(COSINE, new double[] {1, 0.5}, COSINE));
    }

    /** The definition, {@code start + (end - start) / 2 (1 - cos(π k / n))}, to more digits. */
    @Test
    void cosineFollowsItsDefinition() {
        double[] expected = new double[10];
        for (int k = 0; k < 10; k++) {
            expected[k] = 0.5 * (1 - Math.cos(Math.PI * k / 10));
        }
        assertValues(new CyclicSchedule(Shape.COSINE, 0, 1, 10), expected);
    }

    @Test
    void concatenationPlaysOneAfterTheOther() {
        Schedule schedule = new ConcatSchedule(
                List.of(new CyclicSchedule(Shape.TRIANGLE, 1, 0, 10), new CyclicSchedule(Shape.COSINE, 0, 1, 10)),
                List.of(10.0));
        assertRounded(schedule, join(TRIANGLE, COSINE));
    }

    @Test
    void piecewiseLinearJoinsItsPoints() {
        Schedule schedule = new PiecewiseLinearSchedule(
                List.of(new Point(5, 0.5), new Point(15, 1), new Point(25, 0), new Point(35, 1), new Point(40, 0.5)));
        assertValues(
                schedule,
                join(
                        filled(6, 0.5),
                        line(0.55, 1, 10),
                        line(0.9, 0, 10),
                        line(0.1, 1, 10),
                        line(0.9, 0.5, 5),
                        filled(9, 0.5)));
    }

    @Test
    void warmUpEndsWhereTheOtherBegins() {
        Schedule schedule = new ExponentialSchedule(0.1, 0.98).after(0, 2);
        assertValues(schedule, 0, 0.05, 0.1, 0.098, 0.09604);
    }

    @Test
    void warmUpToAnotherValueIsAConcatenation() {
        Schedule schedule = new ConcatSchedule(
                List.of(new LinearSchedule(0.01, 0.05, 2), new ExponentialSchedule(0.2, 0.98)), List.of(3.0));
        assertValues(schedule, 0.01, 0.03, 0.05, 0.2, 0.196);
    }

    @Test
    void plateauShrinksWhatNoLongerImproves() {
        ReducePlateau plateau = new ReducePlateau(Mode.MAX, 0.5, 1, 1.99, Measure.ABSOLUTE, 0, 0);
        ReducePlateau.State state = plateau.begin(1);
        double[] metrics = {3, 7, 7, 9, 10, 11, 8, 8, 4, 7};
        double[] values = new double[metrics.length];
        for (int i = 0; i < metrics.length; i++) {
            state = plateau.next(state, metrics[i]);
            values[i] = state.value();
        }
        assertThat(values).containsExactly(1, 1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.25);
    }

    @Test
    void statesOfIgniteCountFromOne() {
        Schedule exponential = new ExponentialSchedule(10, 0.5);
        assertThat(new double[] {exponential.at(1), exponential.at(2), exponential.at(3)})
                .containsExactly(5, 2.5, 1.25);
        Schedule piecewise = new PiecewiseLinearSchedule(List.of(new Point(2, 0), new Point(5, 10)));
        assertThat(new double[] {piecewise.at(1), piecewise.at(2), piecewise.at(3)})
                .containsExactly(new double[] {0, 0, 10.0 / 3}, Offset.offset(1e-12));
    }

    private static void assertValues(Schedule schedule, double... expected) {
        assertThat(schedule.simulate(expected.length)).containsExactly(expected, Offset.offset(1e-12));
    }

    private static void assertRounded(Schedule schedule, double... expected) {
        assertThat(schedule.simulate(expected.length)).containsExactly(expected, Offset.offset(5.1e-8));
    }

    private static double[] join(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] filled(int count, double value) {
        return DoubleStream.generate(() -> value).limit(count).toArray();
    }

    /** So many values from one to another. */
    private static double[] line(double from, double to, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = from + (to - from) * i / (count - 1);
        }
        return values;
    }
}
