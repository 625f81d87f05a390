package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.comm.ExchangeSchedule.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExchangeScheduleTest {
    private static final int SMALL = 32 << 10;
    private static final int CHUNK = 256 << 10;

    @Test
    void hostsAreRunsOfOneName() {
        HostLayout layout = HostLayout.of(List.of("a", "a", "b", "a"));
        assertThat(layout).hasToString("HostLayout[0, 2, 3, 4]").isEqualTo(HostLayout.of(List.of("x", "x", "y", "z")));
        assertThat(layout.hosts()).isEqualTo(3);
        assertThat(layout.ranks()).isEqualTo(4);
        assertThat(layout.smallestHost()).isEqualTo(1);
        assertThat(layout.hostOf(1)).isZero();
        assertThat(layout.localRank(1)).isEqualTo(1);
        assertThat(layout.firstRank(1)).isEqualTo(2);
        assertThat(layout.size(0)).isEqualTo(2);
        assertThat(layout.ofRanks(List.of(1, 3))).isEqualTo(HostLayout.even(2, 1));
        assertThat(HostLayout.even(5, 2)).hasToString("HostLayout[0, 2, 4, 5]");
        assertThat(HostLayout.single(3)).isEqualTo(HostLayout.even(3, 7));
    }

    @Test
    void layoutsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> HostLayout.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid hosts of a layout: none (must be one for each rank, >= 1)");
        assertThatThrownBy(() -> HostLayout.even(2, 0))
                .hasMessage("Invalid layout: 2 ranks, 0 on each host (must be >= 1)");
    }

    private static ReductionAlgorithm choice(long bytes, HostLayout hosts) {
        return ReductionAlgorithm.AUTO.resolve(bytes, hosts, SMALL, CHUNK);
    }

    @Test
    void sizeAndHostsDecideTheWay() {
        HostLayout twoByTwo = HostLayout.even(4, 2);
        assertThat(choice(SMALL, twoByTwo)).isEqualTo(ReductionAlgorithm.ONE_HOP);
        assertThat(choice(SMALL + 1, twoByTwo)).isEqualTo(ReductionAlgorithm.DIRECT);
        assertThat(choice(4 * CHUNK - 1, twoByTwo)).isEqualTo(ReductionAlgorithm.DIRECT);
        assertThat(choice(4 * CHUNK, twoByTwo)).isEqualTo(ReductionAlgorithm.HOST_CHAIN);
        assertThat(choice(SMALL, HostLayout.even(5, 1))).isEqualTo(ReductionAlgorithm.ONE_HOP);
        assertThat(choice(SMALL, HostLayout.even(6, 1))).isEqualTo(ReductionAlgorithm.DIRECT);
        assertThat(choice(SMALL / 16, HostLayout.even(65, 1))).isEqualTo(ReductionAlgorithm.ONE_HOP);
        assertThat(choice(4 * SMALL, HostLayout.single(2))).isEqualTo(ReductionAlgorithm.ONE_HOP);
        assertThat(choice(4 * SMALL + 1, HostLayout.single(2))).isEqualTo(ReductionAlgorithm.DIRECT);
        assertThat(choice(SMALL + 1, HostLayout.single(3))).isEqualTo(ReductionAlgorithm.DIRECT);
        assertThat(choice(4 * CHUNK, HostLayout.single(4))).isEqualTo(ReductionAlgorithm.DIRECT);
        assertThat(choice(1 << 30, HostLayout.even(4, 1))).isEqualTo(ReductionAlgorithm.DIRECT);
        assertThat(choice(1 << 30, HostLayout.even(5, 2))).isEqualTo(ReductionAlgorithm.DIRECT);
        assertThat(ReductionAlgorithm.HOST_CHAIN.resolve(1, HostLayout.single(4), SMALL, CHUNK))
                .isEqualTo(ReductionAlgorithm.DIRECT);
        assertThat(ReductionAlgorithm.DIRECT.resolve(1, twoByTwo, SMALL, CHUNK)).isEqualTo(ReductionAlgorithm.DIRECT);
    }

    @Test
    void oneHopSendsEverythingToEveryone() {
        ExchangeSchedule schedule = ExchangeSchedule.of(ReductionAlgorithm.ONE_HOP, HostLayout.even(3, 1), 10, 4);
        assertThat(schedule.stages()).containsExactly(Stage.CONTRIBUTIONS);
        assertThat(schedule.bytes(2, 0, 2)).isEqualTo(80);
        assertThat(schedule.bytes(2, 1, 1)).isZero();
        assertThat(schedule.peers(1)).containsExactly(0, 2);
    }

    @Test
    void directSendsSlicesThereAndBack() {
        ExchangeSchedule schedule = ExchangeSchedule.of(ReductionAlgorithm.DIRECT, HostLayout.even(3, 1), 10, 4);
        assertThat(schedule.stages()).containsExactly(Stage.CONTRIBUTIONS, Stage.SUMS);
        // Slices of 3, 3 and 4 elements.
        assertThat(schedule.bytes(Stage.CONTRIBUTIONS, 2, 0, 2)).isEqualTo(32);
        assertThat(schedule.bytes(Stage.SUMS, 2, 0, 2)).isEqualTo(12);
        assertThat(schedule.bytes(2, 0, 2)).isEqualTo(44);
    }

    @Test
    void chainSendsSlicesInsideAndSumsBetweenHosts() {
        // Hosts of 3 and 2 ranks: two rails of 5 elements.
        ExchangeSchedule schedule = ExchangeSchedule.of(ReductionAlgorithm.HOST_CHAIN, HostLayout.even(5, 3), 10, 4);
        assertThat(schedule.stages()).containsExactly(Stage.values());
        assertThat(schedule.bytes(Stage.CONTRIBUTIONS, 1, 2, 0)).isEqualTo(20);
        assertThat(schedule.bytes(Stage.CONTRIBUTIONS, 1, 0, 2)).isZero();
        assertThat(schedule.bytes(Stage.RUNNING_SUMS, 1, 1, 4)).isEqualTo(24);
        assertThat(schedule.bytes(Stage.RUNNING_SUMS, 1, 4, 1)).isZero();
        assertThat(schedule.bytes(Stage.RETURNED_SUMS, 1, 4, 1)).isEqualTo(24);
        assertThat(schedule.bytes(Stage.SUMS, 1, 1, 2)).isEqualTo(24);
        assertThat(schedule.bytes(1, 0, 4)).isZero();
        assertThat(schedule.peers(0)).containsExactly(1, 2, 3);
        assertThat(schedule.peers(2)).containsExactly(0, 1);
    }
}
