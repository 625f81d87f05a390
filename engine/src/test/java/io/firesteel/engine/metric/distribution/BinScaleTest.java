package io.firesteel.engine.metric.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinScaleTest {
    private static final double[] EDGES = {
        Double.NEGATIVE_INFINITY,
        -Double.MAX_VALUE,
        -1.5,
        -1,
        -0.75,
        -0.5,
        -Double.MIN_VALUE,
        0,
        Double.MIN_VALUE,
        1e-300,
        0.25,
        Math.nextDown(0.5),
        0.5,
        Math.nextUp(0.5),
        0.75,
        0.999,
        Math.nextDown(1.0),
        1,
        Math.nextUp(1.0),
        1.5,
        2,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY
    };

    @Test
    void binsHaveTheOrderOfNumbers() {
        double[] numbers = numbers();
        Arrays.sort(numbers);
        for (int i = 1; i < numbers.length; i++) {
            assertThat(BinScale.bin(numbers[i])).isGreaterThanOrEqualTo(BinScale.bin(numbers[i - 1]));
        }
    }

    @Test
    void numbersLieBetweenTheEndsOfTheirBin() {
        for (double number : numbers()) {
            int bin = BinScale.bin(number);
            assertThat(BinScale.least(bin)).as("%s", number).isLessThanOrEqualTo(number);
            if (number < Double.POSITIVE_INFINITY) {
                assertThat(BinScale.largest(bin)).as("%s", number).isGreaterThanOrEqualTo(number);
            }
            assertThat(BinScale.bin(BinScale.least(bin))).as("%s", number).isEqualTo(bin);
        }
    }

    @Test
    void binsAreAtMostTwoToTheMinus13OfTheirNumbersWide() {
        for (double number : numbers()) {
            int bin = BinScale.bin(number);
            double width = BinScale.largest(bin) - BinScale.least(bin);
            if (Math.abs(number) >= Double.MIN_NORMAL && Double.isFinite(number)) {
                assertThat(width).as("%s", number).isLessThanOrEqualTo(Math.abs(number) / 8192);
            }
        }
    }

    /** A float32 sigmoid of 12 to 16 is one of some hundred numbers just below 1. */
    @Test
    void probabilitiesNextTo1DoNotDrownInOneBin() {
        long bins = Arrays.stream(new double[] {12, 12.5, 13, 13.5, 14, 14.5, 15})
                .mapToInt(logit -> BinScale.bin((float) (1 / (1 + Math.exp(-logit)))))
                .distinct()
                .count();
        assertThat(bins).isEqualTo(7);
    }

    private static double[] numbers() {
        Random random = new Random(1);
        double[] numbers = Arrays.copyOf(EDGES, EDGES.length + 40_000);
        for (int i = EDGES.length; i < numbers.length; i += 4) {
            numbers[i] = random.nextDouble();
            numbers[i + 1] = random.nextGaussian();
            numbers[i + 2] = 1 - Math.exp(-36 * random.nextDouble());
            numbers[i + 3] = random.nextGaussian() * Math.exp(100 * random.nextGaussian());
        }
        return Arrays.stream(numbers).map(number -> number + 0.0).toArray();
    }
}
