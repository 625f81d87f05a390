package io.firesteel.spark.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberBinsTest {
    @Test
    void fewNumbersHaveABinEach() {
        assertThat(bins(8, 3, -1, 0, 3, 2.5, -1, -1))
                .containsExactly(new Bin(-1, -1, 3), new Bin(0, 0, 1), new Bin(2.5, 2.5, 1), new Bin(3, 3, 2));
    }

    @Test
    void minusZeroIsZero() {
        assertThat(bins(8, -0.0, 0.0)).containsExactly(new Bin(0, 0, 2));
    }

    @Test
    void manyNumbersKeepToTheLimitAndAreAllCounted() {
        for (int seed = 0; seed < 20; seed++) {
            double[] values = values(new Random(seed), 5000);
            List<Bin> bins = bins(64, values);
            assertThat(bins).hasSizeBetween(16, 64);
            assertThat(bins.stream().mapToLong(Bin::count).sum()).isEqualTo(values.length);
            for (Bin bin : bins) {
                long inside = Arrays.stream(values)
                        .filter(value -> value >= bin.least() && value <= bin.largest())
                        .count();
                assertThat(inside).isEqualTo(bin.count());
            }
        }
    }

    @Test
    void orderAndPartitionChangeNothing() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            double[] values = values(random, 1 + random.nextInt(3000));
            NumberBins whole = new NumberBins(50);
            NumberBins[] parts = {new NumberBins(50), new NumberBins(50), new NumberBins(50), new NumberBins(50)};
            for (double value : values) {
                whole.add(value);
                // Of unequal sizes, the last one empty.
                parts[Math.min(random.nextInt(3), random.nextInt(3))].add(value);
            }
            NumberBins merged = copy(parts[3]);
            for (int part : new int[] {1, 0, 2}) {
                merged.add(copy(parts[part]));
            }
            assertThat(sorted(merged, values)).isEqualTo(sorted(whole, values));
        }
    }

    @Test
    void numbersCloseTogetherAreToldApartHoweverLargeTheyAre() {
        double[] values = new Random(1).doubles(20_000, 1.7e9, 1.7e9 + 1000).toArray();
        long heaviest = bins(1000, values).stream().mapToLong(Bin::count).max().orElseThrow();
        assertThat(heaviest).isLessThan(100);
    }

    private static double[] values(Random random, int count) {
        double spread = Math.pow(10, random.nextInt(12) - 6);
        double middle = random.nextBoolean() ? 0 : random.nextGaussian() * 1e4;
        return random.doubles(count)
                .map(value -> middle + (value - 0.5) * spread)
                .toArray();
    }

    private static List<Bin> bins(int limit, double... values) {
        NumberBins bins = new NumberBins(limit);
        Arrays.stream(values).forEach(bins::add);
        return sorted(bins, values);
    }

    private static List<Bin> sorted(NumberBins bins, double... values) {
        return bins.bins(
                Arrays.stream(values).min().orElseThrow() + 0.0,
                Arrays.stream(values).max().orElseThrow() + 0.0);
    }

    private static NumberBins copy(NumberBins bins) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bins.write(new DataOutputStream(bytes));
        return NumberBins.read(50, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
