package io.firesteel.spark.evaluate.sorted;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PreciseSumTest {
    @Test
    void productsOfCountsAreExactFarAboveDoubles() {
        Random random = new Random(1);
        BigInteger expected = BigInteger.ZERO;
        PreciseSum sum = new PreciseSum();
        for (int i = 0; i < 100_000; i++) {
            long a = random.nextLong(1L << 40);
            long b = random.nextLong(1L << 40) * (random.nextBoolean() ? 1 : -1);
            expected = expected.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
            sum.addProduct((double) a, (double) b);
        }
        PreciseSum rest = sum.minus(PreciseSum.of(expected.doubleValue()));
        BigInteger low = expected.subtract(new BigDecimal(expected.doubleValue()).toBigInteger());
        assertThat(rest.value()).isEqualTo(low.doubleValue());
        assertThat(sum.value()).isEqualTo(expected.doubleValue());
    }

    /** The sum of squares of the ranks of a billion rows needs 89 bits; n (n + 1) (2 n + 1) / 6. */
    @Test
    void squareOfABillionRowsAndTheirPartsCancelExactly() {
        PreciseSum all = PreciseSum.of(1e9).times(1e9).times(1e9);
        PreciseSum less = PreciseSum.of(1e9 - 1).times(1e9).times(1e9);
        assertThat(all.minus(less).value()).isEqualTo(1e18);
    }

    @Test
    void orderOfAddingFractionsDoesNotShow() {
        double[] numbers = new Random(2).doubles(10_000, -1, 1).toArray();
        PreciseSum forward = PreciseSum.of(numbers);
        PreciseSum backward = new PreciseSum();
        BigDecimal expected = BigDecimal.ZERO;
        for (int i = numbers.length - 1; i >= 0; i--) {
            backward.add(numbers[i]);
            expected = expected.add(new BigDecimal(numbers[i]));
        }
        assertThat(forward.value()).isEqualTo(backward.value()).isEqualTo(expected.doubleValue());
    }
}
