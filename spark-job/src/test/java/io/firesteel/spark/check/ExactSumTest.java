package io.firesteel.spark.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {
    private static final BigDecimal UNIT =
            BigDecimal.ONE.divide(new BigDecimal(BigInteger.TWO.pow(ExactSum.FRACTION_BITS)));

    @Test
    void sumsOfAnyDoublesAreThoseOfBigDecimal() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            ExactSum sum = new ExactSum();
            BigDecimal expected = BigDecimal.ZERO;
            for (int i = 0; i < 200; i++) {
                double value = anyDouble(random);
                sum.add(value);
                expected = expected.add(new BigDecimal(value));
            }
            assertThat(exact(sum)).isEqualByComparingTo(expected);
        }
    }

    @Test
    void largestAndSmallestNumbersCancel() {
        ExactSum sum = new ExactSum();
        sum.add(Double.MAX_VALUE);
        sum.add(Double.MIN_VALUE);
        sum.add(-Double.MAX_VALUE);
        sum.add(-1);
        assertThat(exact(sum)).isEqualByComparingTo(new BigDecimal(Double.MIN_VALUE).subtract(BigDecimal.ONE));
    }

    @Test
    void squaresAreExact() {
        ExactSum sum = new ExactSum();
        BigDecimal expected = BigDecimal.ZERO;
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            double value = random.nextGaussian() * 1e6;
            sum.addSquare(value);
            expected = expected.add(new BigDecimal(value).pow(2));
        }
        assertThat(exact(sum)).isEqualByComparingTo(expected);
    }

    @Test
    void partsInAnyOrderAreTheWhole() throws IOException {
        Random random = new Random(11);
        ExactSum whole = new ExactSum();
        ExactSum[] parts = {new ExactSum(), new ExactSum(), new ExactSum()};
        for (int i = 0; i < 1000; i++) {
            double value = anyDouble(random);
            whole.add(value);
            parts[random.nextInt(3)].add(value);
        }
        ExactSum merged = copy(parts[2]);
        merged.add(copy(parts[0]));
        merged.add(copy(parts[1]));
        assertThat(merged.units()).isEqualTo(whole.units());
    }

    @Test
    void nothingIsZero() {
        assertThat(new ExactSum().units()).isEqualTo(BigInteger.ZERO);
    }

    private static double anyDouble(Random random) {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : random.nextGaussian();
    }

    private static BigDecimal exact(ExactSum sum) {
        return new BigDecimal(sum.units()).multiply(UNIT);
    }

    private static ExactSum copy(ExactSum sum) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sum.write(new DataOutputStream(bytes));
        return ExactSum.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
