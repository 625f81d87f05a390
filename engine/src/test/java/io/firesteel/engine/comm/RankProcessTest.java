package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ranks in JVMs of their own, of which one is killed, stopped, or comes too late. */
@Timeout(120)
final class RankProcessTest {
    private static final int PATIENT_MILLIS = 20_000;
    private static final int SHORT_MILLIS = 700;
    private static final int MARGIN_MILLIS = 5_000;
    private static final int FOREVER = 0;
    private static final List<Transport> IN_MEMORY = List.of(Transport.SMALL_MEMORY, Transport.MEMORY);
    private static final List<Transport> ANYWHERE =
            List.of(Transport.PLAIN, Transport.MEMORY, Transport.ENCRYPTED, Transport.SMALL_MEMORY, Transport.CHECKSUM);

    /** The JVMs of one world; a rank's number is its place. */
    private static final class World implements AutoCloseable {
        private final List<RankJvm> ranks = new ArrayList<>();
        private final List<Transport> transports;
        private final Random random;
        private int attempt;

        /** The transports take turns over the collectives. */
        World(int size, List<Transport> transports) throws Exception {
            this.transports = transports;
            random = new Random(size);
            for (int rank = 0; rank < size; rank++) {
                ranks.add(RankJvm.start());
            }
        }

        void begin(int collective, int deadlineMillis) throws Exception {
            start(ranks, attempt++, transport(collective), collective, FOREVER, deadlineMillis);
            for (RankJvm rank : ranks) {
                rank.awaitRunning();
            }
        }

        private Transport transport(int collective) {
            return transports.get(collective % transports.size());
        }

        /** Some rank, at some moment of some round. */
        int victim() throws InterruptedException {
            assertThat(ranks.get(0).saysWithin(random.nextInt(40))).isEmpty();
            return random.nextInt(ranks.size());
        }

        /** How the others ended, all of them because of the victim. */
        void assertSurvivorsBlame(int victim, long sinceMillis, int deadlineMillis, List<String> kinds)
                throws InterruptedException {
            TreeMap<Integer, RankJvm.End> ends = new TreeMap<>();
            for (int rank = 0; rank < ranks.size(); rank++) {
                if (rank != victim) {
                    ends.put(rank, ranks.get(rank).awaitEnd());
                }
            }
            ends.forEach((rank, end) -> {
                assertThat(end.kind()).as(end.message()).isIn(kinds);
                assertThat(end.wrong()).isZero();
                assertThat(end.atMillis() - sinceMillis).isLessThan(deadlineMillis + MARGIN_MILLIS);
                assertThat(end.peer() == victim || ends.get(end.peer()).peer() == victim)
                        .as("blame leads to rank %d: %s", victim, ends)
                        .isTrue();
                assertThat(end.message())
                        .startsWith("Cannot complete ")
                        .containsPattern(" on rank " + rank + ": rank " + end.peer() + " at (localhost|host-\\d):\\d+ ")
                        .containsPattern("sent \\d+ of \\d+ bytes, ");
            });
        }

        @Override
        public void close() {
            ranks.forEach(RankJvm::close);
        }
    }

    private static void start(
            List<RankJvm> ranks, int attempt, Transport transport, int collective, int rounds, int deadlineMillis)
            throws Exception {
        StringBuilder ports = new StringBuilder();
        for (RankJvm rank : ranks) {
            ports.append(' ').append(rank.listen());
        }
        for (int rank = 0; rank < ranks.size(); rank++) {
            ranks.get(rank)
                    .order("run " + transport + " " + rank + " " + attempt + " " + collective + " " + rounds + " "
                            + deadlineMillis + ports);
        }
    }

    private static void killInEachCollective(int size, List<Transport> transports) throws Exception {
        try (World world = new World(size, transports)) {
            for (int collective = 0; collective < Collective.all().size(); collective++) {
                world.begin(collective, PATIENT_MILLIS);
                int victim = world.victim();
                RankJvm killed = world.ranks.set(victim, null);
                killed.kill();
                long since = System.currentTimeMillis();
                RankJvm next = RankJvm.start();
                world.assertSurvivorsBlame(victim, since, 0, List.of("PEER_LOST"));
                world.ranks.set(victim, next);
            }
        }
    }

    @Test
    void killedRankIsLostAtOnce() throws Exception {
        FaultyWorld.sideBySide(
                2,
                List.of(
                        new FaultyWorld.Case("in memory", () -> killInEachCollective(2, IN_MEMORY)),
                        new FaultyWorld.Case("anywhere", () -> killInEachCollective(3, ANYWHERE))));
    }

    private static void stopInEachCollective(int size, List<Transport> transports) throws Exception {
        try (World world = new World(size, transports)) {
            for (int collective = 0; collective < Collective.all().size(); collective++) {
                world.begin(collective, SHORT_MILLIS);
                int victim = world.victim();
                world.ranks.get(victim).stop();
                long since = System.currentTimeMillis();
                world.assertSurvivorsBlame(victim, since, SHORT_MILLIS, List.of("DEADLINE", "PEER_LOST"));
                world.ranks.get(victim).resume();
                RankJvm.End end = world.ranks.get(victim).awaitEnd();
                assertThat(end.kind()).as(end.message()).isIn("PEER_LOST", "DEADLINE");
                assertThat(end.wrong()).isZero();
            }
        }
    }

    @Test
    void stoppedRankMissesTheDeadlineAndLearnsThatItIsAlone() throws Exception {
        FaultyWorld.sideBySide(
                2,
                List.of(
                        new FaultyWorld.Case("in memory", () -> stopInEachCollective(2, IN_MEMORY)),
                        new FaultyWorld.Case("anywhere", () -> stopInEachCollective(3, ANYWHERE))));
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "MEMORY"})
    void rankOfAnOlderAttemptIsRefusedAndChangesNothing(Transport transport) throws Exception {
        try (RankJvm first = RankJvm.start();
                RankJvm second = RankJvm.start();
                RankJvm late = RankJvm.start()) {
            int port = first.listen();
            String ports = port + " " + second.listen();
            int collective = Collective.all().size() - 1;
            first.order("run " + transport + " 0 1 " + collective + " 50 " + PATIENT_MILLIS + " " + ports);
            late.order("run " + transport + " 1 0 " + collective + " 50 " + PATIENT_MILLIS + " " + port + " "
                    + late.listen());
            RankJvm.End refused = late.awaitEnd();
            assertThat(refused.kind()).isEqualTo("AUTHENTICATION");
            assertThat(refused.message())
                    .contains("refused the connection because it is in another attempt of the run");
            second.order("run " + transport + " 1 1 " + collective + " 50 " + PATIENT_MILLIS + " " + ports);
            for (RankJvm rank : List.of(first, second)) {
                RankJvm.End end = rank.awaitEnd();
                assertThat(end.kind()).as(end.message()).isEqualTo("NONE");
                assertThat(end.wrong()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "SMALL_MEMORY"})
    void rankThatWakesUpInTheNextAttemptChangesNothing(Transport transport) throws Exception {
        try (World world = new World(3, List.of(transport))) {
            int collective = Collective.all().size() - 1;
            world.begin(collective, SHORT_MILLIS);
            RankJvm stopped = world.ranks.get(1);
            stopped.stop();
            world.assertSurvivorsBlame(1, System.currentTimeMillis(), SHORT_MILLIS, List.of("DEADLINE", "PEER_LOST"));
            List<RankJvm> next = List.of(world.ranks.get(0), world.ranks.get(2));
            start(next, 1, transport, collective, 2000, PATIENT_MILLIS);
            stopped.resume();
            assertThat(stopped.awaitEnd().kind()).isIn("PEER_LOST", "DEADLINE");
            for (RankJvm rank : next) {
                RankJvm.End end = rank.awaitEnd();
                assertThat(end.kind()).as(end.message()).isEqualTo("NONE");
                assertThat(end.wrong()).isZero();
            }
        }
    }
}
