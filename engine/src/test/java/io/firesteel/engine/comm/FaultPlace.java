package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

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
record FaultPlace(int world, int from, int to, int round, long offset, int inRound) {
    /** Which bytes of a round in one direction. */
    interface Spots extends Function<Round, List<Integer>> {}

    /**
     * What travels in one direction in a round.
     *
     * @param length in bytes
     * @param headers where frames begin, or the records that they are sealed in
     * @param headerBytes what is before a payload
     */
    record Round(int length, List<Integer> headers, int headerBytes) {}

    @Override
    public String toString() {
        return "world " + world + ", rank " + from + " to " + to + ", byte " + inRound + " of round " + round;
    }

    /**
     * Bytes of the third and fourth round of a collective in worlds of 2, 3 and 4. Each is in one direction of each world, and
     * all directions have their share. Not of the rounds before: in those, some ranks may still be connecting.
     */
    static List<FaultPlace> afterTwoRounds(Transport transport, Collective collective, Spots spots) throws Exception {
        List<FaultPlace> places = new ArrayList<>();
        for (int world = 2; world <= 4; world++) {
            Footprint two = Footprint.of(transport, collective, world, 2);
            Footprint three = Footprint.of(transport, collective, world, 3);
            int directions = world * (world - 1);
            for (int i = 0; i < directions; i++) {
                int from = i / (world - 1);
                int to = (from + 1 + i % (world - 1)) % world;
                int before = two.of(from, to).length;
                int length = three.of(from, to).length - before;
                List<Integer> chosen = spots.apply(three.lastRound(transport, from, to, before));
                for (int j = i; j < chosen.size(); j += directions) {
                    int later = (i + j / directions) % 2;
                    long offset = before + (long) later * length + chosen.get(j);
                    places.add(new FaultPlace(world, from, to, 2 + later, offset, chosen.get(j)));
                }
            }
        }
        return places;
    }

    /** The ends, middles and neighbours of headers and payloads. */
    static List<Integer> edges(Round round) {
        TreeSet<Integer> edges = new TreeSet<>();
        for (int i = 0; i < round.headers.size(); i++) {
            int begin = round.headers.get(i);
            int end = i + 1 == round.headers.size() ? round.length : round.headers.get(i + 1);
            int payload = begin + round.headerBytes;
            edges.addAll(List.of(begin, begin + 1, begin + 20, payload - 1, payload, payload + 1));
            edges.addAll(List.of((payload + end) / 2, end - 1));
        }
        return edges.headSet(round.length).stream().toList();
    }

    /** Of {@link #edges}, those that are in payloads. */
    static List<Integer> payloads(Round round) {
        return edges(round).stream()
                .filter(spot ->
                        round.headers.stream().noneMatch(begin -> spot >= begin && spot < begin + round.headerBytes))
                .toList();
    }

    /** The first and the last byte of each field of each header. */
    static List<Integer> fields(Round round) {
        int[] fields = {0, 3, 4, 7, 8, 15, 16, 19, 23, 24, 31, 32, 35, 36, 39};
        return round.headers.stream()
                .flatMap(begin -> Arrays.stream(fields)
                        .filter(field -> field < round.headerBytes)
                        .mapToObj(field -> begin + field))
                .toList();
    }

    /** What the ranks send each other from dialling to the end of so many rounds, where nothing goes wrong. */
    private record Footprint(int world, List<byte[]> byPair) {
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
                List<byte[]> byPair = new ArrayList<>();
                for (int pair = 0; pair < world * world; pair++) {
                    int from = pair / world;
                    int to = pair % world;
                    byPair.add(
                            from == to ? new byte[0] : network.traffic(from, to).recording());
                }
                return new Footprint(world, List.copyOf(byPair));
            }
        }

        byte[] of(int from, int to) {
            return byPair.get(from * world + to);
        }

        Round lastRound(Transport transport, int from, int to, int before) {
            byte[] all = of(from, to);
            List<Integer> begins = transport.checksPayloads() ? records(all, from > to) : frames(all, before);
            List<Integer> headers = begins.stream()
                    .filter(begin -> begin >= before)
                    .map(begin -> begin - before)
                    .toList();
            return new Round(
                    all.length - before, headers, transport.checksPayloads() ? Integer.BYTES : Frame.HEADER_BYTES);
        }

        /** Where the four bytes at the offset, which all headers begin with, occur from there on. */
        private static List<Integer> frames(byte[] all, int first) {
            return IntStream.rangeClosed(first, all.length - Frame.HEADER_BYTES)
                    .filter(at -> Arrays.equals(all, at, at + Integer.BYTES, all, first, first + Integer.BYTES))
                    .boxed()
                    .toList();
        }

        /** Each begins with its length; the first is behind the handshake. */
        private static List<Integer> records(byte[] all, boolean ofDialler) {
            ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
            List<Integer> begins = new ArrayList<>();
            int at = ofDialler
                    ? Credentials.HELLO_BYTES + Credentials.PROOF_BYTES
                    : Handshake.CHALLENGE_BYTES + Handshake.WELCOME_BYTES;
            while (at < all.length - Integer.BYTES) {
                begins.add(at);
                at += Integer.BYTES + bytes.getInt(at);
            }
            return begins;
        }
    }
}
