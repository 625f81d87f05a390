package io.firesteel.spark.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.comm.Sealing;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllReduceBenchmarkTest {
    private static final Links DEFAULT = new Links(false, Sealing.NONE);

    @Test
    void roundTakesAsLongAsItsSlowestRank() {
        AllReduceTimes first = new AllReduceTimes("host 1");
        first.add(new long[] {1_000_000, 5_000_000, 3_000_000});
        AllReduceTimes second = new AllReduceTimes("host 2");
        second.add(new long[] {2_000_000, 4_000_000, 9_000_000});

        BenchReport report = new AllReduceBenchmark(2, List.of(new MessageSize(8192)), 3, DEFAULT)
                .run(new TestingRanks(List.of(first, second)), line -> {});

        assertThat(report.bench()).isEqualTo("allreduce");
        assertThat(report.rows()).hasSize(1);
        assertThat(report.rows().get(0))
                .containsEntry("replicas", 2)
                .containsEntry("bytes", 8192)
                .containsEntry("medianMillis", 5.0)
                .containsEntry("rounds", 3)
                .containsEntry("p90Millis", 9.0)
                .containsEntry("bestMillis", 2.0)
                .containsEntry("gigabytesPerSecond", 8192 / 1e9 / 0.005)
                .containsEntry("processes", 2L);
        assertThat(report.text()).isEqualTo("""
                2 replicas in 2 processes
                float32  rounds  median ms  p90 ms  best ms  GB/s
                8KB           3     5.0000  9.0000   2.0000  0.00
                """);
    }

    @Test
    void smallVectorsGetMoreRoundsAndLargeOnesAtLeastFifty() {
        AllReduceBenchmark suited = new AllReduceBenchmark(2, List.of(MessageSize.parse("1KB")), 0, DEFAULT);
        assertThat(suited.rounds(MessageSize.parse("1KB"))).isEqualTo(2000);
        assertThat(suited.rounds(MessageSize.parse("100KB"))).isEqualTo(2000);
        assertThat(suited.rounds(MessageSize.parse("1MB"))).isEqualTo(476);
        assertThat(suited.rounds(MessageSize.parse("10MB"))).isEqualTo(50);
        assertThat(suited.rounds(MessageSize.parse("1GB"))).isEqualTo(50);
        assertThat(suited.warmUpRounds(MessageSize.parse("1KB"))).isEqualTo(20_000);
        assertThat(suited.warmUpRounds(MessageSize.parse("100MB"))).isEqualTo(13);
        AllReduceBenchmark fixed = new AllReduceBenchmark(2, List.of(MessageSize.parse("1KB")), 1, DEFAULT);
        assertThat(fixed.rounds(MessageSize.parse("1GB"))).isEqualTo(1);
        assertThat(fixed.warmUpRounds(MessageSize.parse("1KB"))).isEqualTo(1);
    }

    @Test
    void sumWithOneWrongElementIsNotTrusted() {
        FloatBuffer sum = FloatBuffer.allocate(3000);
        for (int i = 0; i < sum.capacity(); i++) {
            sum.put(i, AllReduceBody.value(i, 0) + AllReduceBody.value(i, 1) + AllReduceBody.value(i, 2));
        }
        assertThatCode(() -> AllReduceBody.check(sum, 3)).doesNotThrowAnyException();
        // By hand: 2999 % 509 = 454, and 454 + (454 + 31) + (454 + 62 - 509) = 946.
        sum.put(2999, Float.NaN);
        assertThatThrownBy(() -> AllReduceBody.check(sum, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot trust the all-reduce of 3000 floats: element 2999 is NaN (expected 946)");
    }

    @Test
    void requestOutOfRangeIsRefused() {
        List<MessageSize> sizes = List.of(new MessageSize(4));
        assertThatThrownBy(() -> new AllReduceBenchmark(1, sizes, 1, DEFAULT))
                .hasMessage("Invalid replicas: 1 (must be >= 2, as one has nothing to exchange)");
        assertThatThrownBy(() -> new AllReduceBenchmark(2, List.of(), 1, DEFAULT))
                .hasMessage("Invalid sizes: none (must be at least one)");
        assertThatThrownBy(() -> new AllReduceBenchmark(2, sizes, -1, DEFAULT))
                .hasMessage("Invalid rounds: -1 (must be >= 1)");
    }
}
