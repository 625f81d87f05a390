package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.CommunicationException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ranks that connect over links which break, stall or change bytes while they do. */
@Timeout(60)
final class HandshakeFaultsTest {
    private static final int ROUNDS = Integer.getInteger("firesteel.fault.rounds", 1);
    private static final int AT_ONCE = 32;
    /** What the dialler sends, and what the acceptor does. */
    private static final int DIALLED = Credentials.HELLO_BYTES + Credentials.PROOF_BYTES;

    private static final int ANSWERED = Handshake.CHALLENGE_BYTES + Handshake.WELCOME_BYTES;

    /** What must be true of a world in which the mishap happened between the two ranks. */
    private interface Law {
        void check(FaultyWorld world, int dialler, int acceptor) throws Exception;
    }

    private final List<FaultyWorld.Case> cases = new ArrayList<>();

    /** Ranks that are connected have more time than those that aren't, so that they don't accuse one that waits for another. */
    private static CommunicatorOptions options(Transport transport, Duration deadline) {
        return transport
                .options()
                .optHandshakeDeadline(Duration.ofMillis(300))
                .optConnectDeadline(deadline)
                .optOperationDeadline(deadline.multipliedBy(2))
                .build();
    }

    /** Adds a case for each link of worlds of 2 and 3, with something planned for the link. */
    private void add(String name, Transport transport, Patience patience, Plan plan, Law law) {
        for (int size = 2; size <= 3; size++) {
            for (int link = 0; link < size * (size - 1) / 2; link++) {
                int world = size;
                int dialler = link == 0 ? 1 : 2;
                int acceptor = link == 2 ? 1 : 0;
                cases.add(new FaultyWorld.Case(
                        name + ", world " + world + ", rank " + dialler + " to " + acceptor,
                        () -> patience.check(deadline -> law.check(
                                FaultyWorld.run(
                                        world,
                                        Collective.inTwoHalves(),
                                        options(transport, deadline),
                                        ROUNDS,
                                        network -> plan.of(network, dialler, acceptor)),
                                dialler,
                                acceptor))));
            }
        }
    }

    /** What goes wrong between two ranks. */
    private interface Plan {
        void of(FaultyNetwork network, int dialler, int acceptor);
    }

    private void recovers(String name, Transport transport, Plan plan) {
        add(name, transport, Patience.LONG, plan, (world, dialler, acceptor) -> world.assertUnharmed(ROUNDS));
    }

    @ParameterizedTest
    @EnumSource
    void linkThatBreaksBeforeTheProofIsDialledAgain(Transport transport) throws Exception {
        for (LongFunction<Mishap> mishap :
                List.<LongFunction<Mishap>>of(Mishap::cutAt, Mishap::endAt, Mishap::stallAt)) {
            for (int at : new int[] {0, 1, Credentials.HELLO_BYTES - 1, Credentials.HELLO_BYTES, DIALLED - 1}) {
                Mishap ahead = mishap.apply(at);
                recovers(
                        ahead.toString(),
                        transport,
                        (network, dialler, acceptor) -> network.planOnce(dialler, acceptor, ahead));
            }
        }
        for (LongFunction<Mishap> mishap : List.<LongFunction<Mishap>>of(Mishap::cutAt, Mishap::endAt)) {
            for (int at : new int[] {0, 1, Handshake.CHALLENGE_BYTES - 1}) {
                Mishap back = mishap.apply(at);
                recovers(
                        "answer " + back,
                        transport,
                        (network, dialler, acceptor) -> network.planOnce(acceptor, dialler, back));
            }
        }
        FaultyWorld.sideBySide(AT_ONCE, cases);
    }

    private static void fails(FaultyWorld world, int dialler, int acceptor) {
        world.assertAllFailed();
        world.assertBlameLeadsToLink(dialler, acceptor);
        world.assertCompletedRoundsRight();
    }

    /** The acceptor believes to be connected, and the dialler can't know whether it does. */
    @ParameterizedTest
    @EnumSource
    void linkThatBreaksInTheWelcomeEndsBothRanks(Transport transport) throws Exception {
        for (LongFunction<Mishap> mishap :
                List.<LongFunction<Mishap>>of(Mishap::cutAt, Mishap::endAt, Mishap::stallAt)) {
            for (int at : new int[] {Handshake.CHALLENGE_BYTES + 1, ANSWERED - 1}) {
                Mishap back = mishap.apply(at);
                Plan plan = (network, dialler, acceptor) -> network.plan(acceptor, dialler, back);
                add(back.toString(), transport, Patience.SHORT, plan, HandshakeFaultsTest::fails);
            }
        }
        FaultyWorld.sideBySide(AT_ONCE, cases);
    }

    @ParameterizedTest
    @EnumSource
    void linkThatNeverWorksEndsAllRanksAtTheDeadline(Transport transport) throws Exception {
        for (LongFunction<Mishap> mishap :
                List.<LongFunction<Mishap>>of(Mishap::cutAt, Mishap::endAt, Mishap::stallAt)) {
            for (int at : List.of(0, 50, Credentials.HELLO_BYTES, DIALLED - 1, end(transport, DIALLED))) {
                Mishap ahead = mishap.apply(at);
                Plan plan = (network, dialler, acceptor) -> network.plan(dialler, acceptor, ahead);
                add(ahead.toString(), transport, Patience.SHORT, plan, HandshakeFaultsTest::fails);
            }
            for (int at : List.of(0, 20, Handshake.CHALLENGE_BYTES, ANSWERED - 1, end(transport, ANSWERED))) {
                Mishap back = mishap.apply(at);
                Plan plan = (network, dialler, acceptor) -> network.plan(acceptor, dialler, back);
                add("answer " + back, transport, Patience.SHORT, plan, HandshakeFaultsTest::fails);
            }
        }
        FaultyWorld.sideBySide(AT_ONCE, cases);
    }

    /** Once the handshake is over it's the frames that suffer, if they are on the connection. */
    private static int end(Transport transport, int handshakeBytes) {
        return transport.onSockets() ? handshakeBytes : handshakeBytes - 1;
    }

    private static void refused(FaultyWorld world, int dialler, int acceptor) {
        world.assertAllFailed();
        CommunicationException failure = world.fate(dialler).failed();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(failure.peer()).hasValue(acceptor);
        assertThat(world.fate(dialler).values()).isEmpty();
    }

    /** All but the first four bytes, which say that it is a handshake at all: an acceptor takes no notice of others. */
    @ParameterizedTest
    @EnumSource
    void changedHandshakeIsRefused(Transport transport) throws Exception {
        LongStream.iterate(Integer.BYTES, at -> at < DIALLED, at -> at + 5).forEach(at -> {
            Mishap ahead = Mishap.flipAt(at, (int) at % Byte.SIZE);
            Plan plan = (network, dialler, acceptor) -> network.plan(dialler, acceptor, ahead);
            add(ahead.toString(), transport, Patience.SHORT, plan, HandshakeFaultsTest::refused);
        });
        LongStream.iterate(0, at -> at < ANSWERED, at -> at + 4).forEach(at -> {
            Mishap back = Mishap.flipAt(at, (int) (at / 4 % Byte.SIZE));
            Plan plan = (network, dialler, acceptor) -> network.plan(acceptor, dialler, back);
            add("answer " + back, transport, Patience.SHORT, plan, HandshakeFaultsTest::refused);
        });
        FaultyWorld.sideBySide(AT_ONCE, cases);
    }

    @Test
    void changedFirstBytesAreNoHandshakeAndDialledAgain() throws Exception {
        for (int at = 0; at < Integer.BYTES; at++) {
            Mishap flip = Mishap.flipAt(at, 3);
            recovers(
                    flip.toString(),
                    Transport.PLAIN,
                    (network, dialler, acceptor) -> network.planOnce(dialler, acceptor, flip));
        }
        FaultyWorld.sideBySide(AT_ONCE, cases);
    }
}
