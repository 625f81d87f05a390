package io.firesteel.engine.comm.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.comm.ExchangeSchedule;
import io.firesteel.engine.comm.HostLayout;
import io.firesteel.engine.comm.ReductionAlgorithm;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times against calculations by hand: card 1000 B/s, memory 4000 B/s, latency 0.5 s, 0.01 s a message. */
@Timeout(60)
final class ExchangeSimulationTest {
    private static final NetworkModel NETWORK = new NetworkModel(1000, 4000, 0.5, 0.01);
    private static final Offset<Double> ROUNDING = within(1e-9);

    private static ExchangeSimulation simulate(
            ReductionAlgorithm algorithm, HostLayout hosts, int elements, int chunkBytes) {
        return ExchangeSimulation.of(
                ExchangeSchedule.of(algorithm, hosts, elements, Float.BYTES), hosts, NETWORK, chunkBytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 64})
    void oneHopTakesAllContributionsThroughEachCard(int ranks) {
        ExchangeSimulation result = simulate(ReductionAlgorithm.ONE_HOP, HostLayout.even(ranks, 1), 250, 64);
        int others = ranks - 1;
        // 1000 bytes to and from each of the others, work for sending and receiving.
        assertThat(result.seconds()).isCloseTo(others * 1.0 + 0.5 + 2 * others * 0.01, ROUNDING);
        assertThat(result.busiestHostBytes()).isEqualTo(1000L * others);
        assertThat(result.messages()).isEqualTo((long) ranks * others);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 50})
    void directTakesTwiceTheOthersSlices(int ranks) {
        ExchangeSimulation result = simulate(ReductionAlgorithm.DIRECT, HostLayout.even(ranks, 1), 10_000, 64);
        int others = ranks - 1;
        double slices = 40.0 * others / ranks;
        assertThat(result.seconds()).isCloseTo(2 * (slices + 0.5) + 2 * others * 0.01, ROUNDING);
        assertThat(result.busiestHostBytes()).isEqualTo(2L * others * 40_000 / ranks);
    }

    @Test
    void connectionsOfAHostShareItsCard() {
        // Four ranks on two hosts: four connections of 1000 bytes out of each card, and 1000 bytes inside a host.
        ExchangeSimulation result = simulate(ReductionAlgorithm.DIRECT, HostLayout.even(4, 2), 1000, 64);
        assertThat(result.seconds()).isCloseTo(2 * (4.0 + 0.5) + 2 * 3 * 0.01, ROUNDING);
        assertThat(result.busiestHostBytes()).isEqualTo(8000);
    }

    @Test
    void oneHostNeedsNoCard() {
        ExchangeSimulation result = simulate(ReductionAlgorithm.DIRECT, HostLayout.single(2), 1000, 64);
        assertThat(result.seconds()).isCloseTo(2 * 2000 / 4000.0 + 2 * 0.01, ROUNDING);
        assertThat(result.busiestHostBytes()).isZero();
    }

    @Test
    void chainTakesTheVectorThereAndBack() {
        // 999 floats and the tally: 4000 bytes, in one piece from host to host to host and back.
        ExchangeSimulation result = simulate(ReductionAlgorithm.HOST_CHAIN, HostLayout.even(3, 1), 999, 4000);
        assertThat(result.seconds()).isCloseTo(4 * (4.0 + 0.5) + 0.01 + 0.01, ROUNDING);
        assertThat(result.busiestHostBytes()).isEqualTo(8000);
        assertThat(result.messages()).isEqualTo(4);
    }

    @Test
    void chunksOfAChainOverlap() {
        // Two pieces of 2000 bytes: the first is on its way back while the second comes.
        ExchangeSimulation result = simulate(ReductionAlgorithm.HOST_CHAIN, HostLayout.even(2, 1), 999, 2000);
        assertThat(result.seconds()).isCloseTo(3 * 2.0 + 2 * 0.5 + 2 * 0.01, ROUNDING);
        assertThat(result.busiestHostBytes()).isEqualTo(4000);
    }

    @Test
    void railsOfAChainShareTheCardAndTheSumsSpreadInside() {
        // Two hosts of two ranks, 1998 floats: rails of 999 and a tally, 4000 bytes each.
        // Inside: 3996 bytes of contributions; two rails out of one card at half its rate; back; then inside again.
        ExchangeSimulation result = simulate(ReductionAlgorithm.HOST_CHAIN, HostLayout.even(4, 2), 1998, 4000);
        double inside = 3996 / 4000.0;
        double between = 8.0 + 0.5;
        double spread = 1.0;
        assertThat(result.seconds()).isCloseTo(0.02 + inside + 2 * between + spread + 0.02, ROUNDING);
        assertThat(result.busiestHostBytes()).isEqualTo(8000);
    }

    @Test
    void chainSendsLessThanDirectBetweenHosts() {
        HostLayout hosts = HostLayout.even(32, 8);
        ExchangeSimulation chain = simulate(ReductionAlgorithm.HOST_CHAIN, hosts, 1 << 20, 64 << 10);
        ExchangeSimulation direct = simulate(ReductionAlgorithm.DIRECT, hosts, 1 << 20, 64 << 10);
        assertThat(chain.busiestHostBytes()).isEqualTo(2 * (4 << 20) + 2 * 8 * 4);
        assertThat(direct.busiestHostBytes()).isEqualTo(2L * 8 * 24 * (4 << 20) / 32);
        assertThat(chain.seconds()).isLessThan(direct.seconds() / 4);
    }

    @Test
    void sameQuestionHasTheSameAnswer() {
        HostLayout hosts = HostLayout.even(13, 3);
        ExchangeSimulation first = simulate(ReductionAlgorithm.HOST_CHAIN, hosts, 12_345, 1000);
        assertThat(simulate(ReductionAlgorithm.HOST_CHAIN, hosts, 12_345, 1000)).isEqualTo(first);
        assertThat(ExchangeSimulation.worlds(12)).isEqualTo(List.of(2, 4, 8, 12));
        assertThat(ExchangeSimulation.worlds(2)).isEqualTo(List.of(2));
    }

    @Test
    void largeWorldIsSimulated() {
        int ranks = 512;
        ExchangeSimulation result = simulate(ReductionAlgorithm.DIRECT, HostLayout.even(ranks, 1), ranks * 1000, 64);
        assertThat(result.seconds()).isCloseTo(2 * (4.0 * 511 + 0.5) + 2 * 511 * 0.01, within(1e-6));
    }

    @Test
    void questionsThatMakeNoSenseAreRefused() {
        HostLayout hosts = HostLayout.even(2, 1);
        ExchangeSchedule schedule = ExchangeSchedule.of(ReductionAlgorithm.DIRECT, hosts, 10, 4);
        assertThatThrownBy(() -> ExchangeSimulation.of(schedule, HostLayout.single(3), NETWORK, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot simulate a schedule of 2 ranks: the hosts have 3 (expected as many)");
        assertThatThrownBy(() -> ExchangeSimulation.of(schedule, hosts, NETWORK, 0))
                .hasMessage("Invalid chunkBytes: 0 (must be >= 1)");
        assertThatThrownBy(() -> new NetworkModel(0, 1, 0, 0))
                .hasMessage("Invalid nicBytesPerSecond: 0.0 (must be finite and > 0)");
        assertThatThrownBy(() -> new NetworkModel(1, 1, -1, 0))
                .hasMessage("Invalid latencySeconds: -1.0 (must be finite and >= 0)");
        assertThatThrownBy(() -> ExchangeSchedule.of(ReductionAlgorithm.AUTO, hosts, 10, 4))
                .hasMessage("Invalid algorithm of a schedule: AUTO (must be one that it stands for)");
    }
}
