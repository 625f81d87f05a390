package io.firesteel.spark.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RelayedExchangesTest {
    private final RelayedExchanges exchanges = new RelayedExchanges(2);

    @Test
    void valuesAreThereOnceAllHaveSentTheirs() {
        assertThat(exchanges.complete(0)).isEmpty();
        assertThat(exchanges.present(0)).isEmpty();
        exchanges.add(0, 1, new byte[] {1});
        assertThat(exchanges.complete(0)).isEmpty();
        assertThat(exchanges.present(0)).containsExactly(1);
        exchanges.add(0, 0, new byte[0]);
        assertThat(exchanges.complete(0).orElseThrow()).containsExactly(new byte[0], new byte[] {1});
    }

    @Test
    void sentTwiceIsSentOnce() {
        exchanges.add(0, 1, new byte[] {1});
        exchanges.add(0, 1, new byte[] {2});
        exchanges.add(0, 0, new byte[] {3});
        assertThat(exchanges.complete(0).orElseThrow()).containsExactly(new byte[] {3}, new byte[] {1});
    }

    @Test
    void noMoreThanTwoAreKept() {
        for (long number = 0; number < 1000; number++) {
            exchanges.add(number, 0, new byte[8]);
            assertThat(exchanges.kept()).isLessThanOrEqualTo(2);
            exchanges.add(number, 1, new byte[8]);
            assertThat(exchanges.complete(number)).isPresent();
            assertThat(exchanges.kept()).isEqualTo(1);
        }
        exchanges.clear();
        assertThat(exchanges.kept()).isZero();
    }
}
