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
    private final Patience patience;

    FaultCases(Transport transport, Patience patience) {
        this.transport = transport;
        this.patience = patience;
    }

    /** What must be true of a world in which the mishap happened. */
    interface Law {
        void check(FaultyWorld world, FaultPlace place);
    }

    /** Checks the law in all the worlds, and that their ranks ended in time; does nothing where no byte is on sockets. */
    void check(FaultPlace.Spots spots, LongFunction<Mishap> mishap, Law law) throws Exception {
        List<FaultyWorld.Case> cases = new ArrayList<>();
        if (!transport.onSockets()) {
            return;
        }
        for (Collective collective : transport.collectives()) {
            for (FaultPlace place : FaultPlace.afterTwoRounds(transport, collective, spots)) {
                Mishap planned = mishap.apply(place.offset());
                cases.add(new FaultyWorld.Case(
                        collective + ", " + place,
                        () -> patience.check(deadline -> law.check(run(place, collective, planned, deadline), place))));
            }
        }
        FaultyWorld.sideBySide(AT_ONCE, cases);
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
