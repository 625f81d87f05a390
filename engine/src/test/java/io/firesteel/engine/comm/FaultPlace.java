package io.firesteel.engine.comm;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Where a fault happens: a direction between two ranks, and a byte of what travels there.
 *
 * @param world number of ranks
 * @param from the sender
 * @param to the receiver
 * @param round which one it is in
 * @param offset bytes since they began to connect
 * @param inRound the same, since the round began
 */
record FaultPlace(int world, int from, int to, int round, long offset, long inRound) {
    private static final int HEADER = Frame.HEADER_BYTES;

    @Override
    public String toString() {
        return "world " + world + ", rank " + from + " to " + to + ", byte " + inRound + " of round " + round;
    }

    /**
     * Bytes of the third and fourth round of a collective in worlds of 2, 3 and 4. Each is in one direction of each world, and
     * all directions have their share. Not of the rounds before: in those, some ranks may still be connecting.
     *
     * @param spots by the bytes of a round in a direction, which of them
     */
    static List<FaultPlace> afterTwoRounds(Transport transport, Collective collective, LongFunction<List<Long>> spots)
            throws Exception {
        List<FaultPlace> places = new ArrayList<>();
        for (int world = 2; world <= 4; world++) {
            Footprint two = Footprint.of(transport, collective, world, 2);
            Footprint three = Footprint.of(transport, collective, world, 3);
            int directions = world * (world - 1);
            for (int i = 0; i < directions; i++) {
                int from = i / (world - 1);
                int to = (from + 1 + i % (world - 1)) % world;
                long before = two.bytes(from, to);
                long round = three.bytes(from, to) - before;
                List<Long> chosen = spots.apply(round);
                for (int j = i; j < chosen.size(); j += directions) {
                    int later = (i + j / directions) % 2;
                    long offset = before + later * round + chosen.get(j);
                    places.add(new FaultPlace(world, from, to, 2 + later, offset, chosen.get(j)));
                }
            }
        }
        return places;
    }

    /** The ends, middles and neighbours of headers and payloads, and the border between two halves of equal length. */
    static List<Long> edges(long round) {
        long half = round / 2;
        return LongStream.of(
                        0,
                        1,
                        20,
                        HEADER - 1,
                        HEADER,
                        HEADER + 1,
                        half / 2,
                        half - 1,
                        half,
                        half + 1,
                        half + 20,
                        half + HEADER - 1,
                        half + HEADER,
                        half + half / 2,
                        round - 1)
                .filter(spot -> spot < round)
                .boxed()
                .collect(TreeSet<Long>::new, TreeSet::add, TreeSet::addAll)
                .stream()
                .toList();
    }

    /** What the ranks send each other from dialling to the end of so many rounds, where nothing goes wrong. */
    private record Footprint(int world, List<Long> byPair) {
        static Footprint of(Transport transport, Collective collective, int world, int rounds) throws Exception {
            List<PeerListener> listeners = Ranks.listeners(world);
            try (FaultyNetwork network = FaultyNetwork.around(listeners, 1)) {
                FaultyWorld.run(
                                listeners,
                                network,
                                collective,
                                transport.options().build(),
                                rounds)
                        .assertUnharmed(rounds);
                List<Long> bytes = new ArrayList<>();
                for (int pair = 0; pair < world * world; pair++) {
                    int from = pair / world;
                    int to = pair % world;
                    bytes.add(from == to ? 0 : network.traffic(from, to).bytes());
                }
                return new Footprint(world, List.copyOf(bytes));
            }
        }

        long bytes(int from, int to) {
            return byPair.get(from * world + to);
        }
    }
}
