package io.firesteel.spark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void ofOneValueAllAreThatValue() {
        Statistics one = new Statistics(new double[] {7});
        assertThat(one.best()).isEqualTo(7);
        assertThat(one.median()).isEqualTo(7);
        assertThat(one.ninetieth()).isEqualTo(7);
    }

    @Test
    void orderDoesNotMatterAndTheArrayStaysAsItIs() {
        double[] values = {3, 1, 10, 2};
        Statistics four = new Statistics(values);
        assertThat(four.best()).isEqualTo(1);
        assertThat(four.median()).isEqualTo(2.5);
        assertThat(four.ninetieth()).isEqualTo(10);
        assertThat(values).containsExactly(3, 1, 10, 2);
    }

    @Test
    void nineTenthsOfAHundredDontExceedTheNinetieth() {
        Statistics hundred = new Statistics(
                IntStream.rangeClosed(1, 100).mapToDouble(value -> value).toArray());
        assertThat(hundred.ninetieth()).isEqualTo(90);
        assertThat(hundred.median()).isEqualTo(50.5);
        Statistics eleven = new Statistics(
                IntStream.rangeClosed(1, 11).mapToDouble(value -> value).toArray());
        assertThat(eleven.ninetieth()).isEqualTo(10);
    }
}
