package io.firesteel.engine.comm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A rank in a JVM of its own, as {@link RankJvm} starts it. Reads orders from its standard input, a line each, and answers on
 * its standard output:
 *
 * <pre>
 *   listen                                                      → address PORT
 *   run TRANSPORT RANK ATTEMPT COLLECTIVE ROUNDS DEADLINE_MILLIS PORT…
 *                                                               → running        after the first round
 *                                                               → ended KIND PEER WRONG EPOCH_MILLIS MESSAGE
 * </pre>
 *
 * The collective is its place in {@link Collective#all}; 0 rounds are rounds until something fails. WRONG counts wrong
 * values. Ends when its input does.
 */
final class RankProcess {
    private static final int DIFFERENT_ROUNDS = 4;

    private PeerListener listener;

    private RankProcess() {}

    /** Started by a test; takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        RankProcess process = new RankProcess();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            process.follow(order.split(" ", -1));
        }
    }

    private void follow(String[] order) {
        if (order[0].equals("listen")) {
            listener = PeerListener.open(InetAddress.getLoopbackAddress());
            say("address " + listener.address().getPort());
            return;
        }
        int[] numbers = Arrays.stream(order).skip(2).mapToInt(Integer::parseInt).toArray();
        CommunicatorOptions options = Transport.valueOf(order[1])
                .options()
                .optOperationDeadline(Duration.ofMillis(numbers[4]))
                .build();
        Group group = new Group("run-7", numbers[1], numbers[0], members(numbers), Ranks.SECRET, options);
        run(group, Collective.all().get(numbers[2]), numbers[3]);
    }

    private static List<Member> members(int[] numbers) {
        return Arrays.stream(numbers)
                .skip(5)
                .mapToObj(port -> Member.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
                .toList();
    }

    private void run(Group group, Collective collective, int rounds) {
        List<Object> right = IntStream.range(0, DIFFERENT_ROUNDS)
                .mapToObj(round -> collective.answer().of(group.worldSize(), round))
                .toList();
        int wrong = 0;
        try (Communicator communicator = collective.connect(listener, group)) {
            for (int round = 0; rounds == 0 || round < rounds; round++) {
                int different = round % DIFFERENT_ROUNDS;
                Object value = collective.call().on(communicator, different);
                wrong += value.equals(right.get(different)) ? 0 : 1;
                if (round == 0) {
                    say("running");
                }
            }
            say("ended NONE -1 " + wrong + " " + System.currentTimeMillis() + " all is well");
        } catch (CommunicationException e) {
            say("ended " + e.kind() + " " + e.peer().orElse(-1) + " " + wrong + " " + System.currentTimeMillis() + " "
                    + e.getMessage());
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
