package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Every collective in worlds of 2, 3 and 4, with a mishap at many bytes: as many worlds, several at once. */
final class FaultCases {
    /** Nobody can be done with these before everybody is done with the fourth, up to which the faults are. */
    private static final int ROUNDS = 6;

    private static final int AT_ONCE = 32;

    private final Transport transport;
    private final List<Duration> deadlines;

    private FaultCases(Transport transport, List<Duration> deadlines) {
        this.transport = transport;
        this.deadlines = deadlines;
    }

    /** With a deadline so long that nobody reaches it. */
    static FaultCases patient(Transport transport) {
        return new FaultCases(transport, List.of(Duration.ofSeconds(20)));
    }

    /**
     * With a deadline that is soon over. A machine busy with other things may keep a healthy rank from running for so long
     * that it is blamed, so a case that breaks the law must break it with a longer deadline too.
     */
    static FaultCases impatient(Transport transport) {
        List<Duration> deadlines = List.of(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(6));
        return new FaultCases(transport, deadlines);
    }

    /** What must be true of a world in which the mishap happened. */
    interface Law {
        void check(FaultyWorld world, FaultPlace place);
    }

    /** Checks the law in all the worlds, and that their ranks ended in time. */
    void check(FaultPlace.Spots spots, LongFunction<Mishap> mishap, Law law) throws Exception {
        List<FaultyWorld.Case> cases = new ArrayList<>();
        for (Collective collective : Collective.all()) {
            for (FaultPlace place : FaultPlace.afterTwoRounds(transport, collective, spots)) {
                Mishap planned = mishap.apply(place.offset());
                cases.add(
                        new FaultyWorld.Case(collective + ", " + place, () -> check(place, collective, planned, law)));
            }
        }
        FaultyWorld.sideBySide(AT_ONCE, cases);
    }

    private void check(FaultPlace place, Collective collective, Mishap mishap, Law law) throws Exception {
        for (Duration deadline : deadlines) {
            try {
                law.check(run(place, collective, mishap, deadline), place);
                return;
            } catch (AssertionError e) {
                if (deadline.equals(deadlines.get(deadlines.size() - 1))) {
                    throw e;
                }
            }
        }
    }

    private FaultyWorld run(FaultPlace place, Collective collective, Mishap mishap, Duration deadline)
            throws Exception {
        CommunicatorOptions options =
                transport.options().optOperationDeadline(deadline).build();
        List<PeerListener> listeners = Ranks.listeners(place.world());
        try (FaultyNetwork network = FaultyNetwork.around(listeners, 1)) {
            network.plan(place.from(), place.to(), mishap);
            FaultyWorld world = FaultyWorld.run(listeners, network, collective, options, ROUNDS);
            LinkTraffic traffic = network.traffic(place.from(), place.to());
            assertThat(traffic.hasStruck()).as("the mishap happened").isTrue();
            world.assertEndedWithin(deadline, traffic.struckAt());
            return world;
        }
    }
}
