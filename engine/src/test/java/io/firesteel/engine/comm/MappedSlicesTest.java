package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.CommunicationException.Kind;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The two halves of a sum in allocated memory: slices that are summed, and slices that are gathered, where they lie. */
@Timeout(120)
final class MappedSlicesTest {
    private static final int[] LENGTHS = {0, 1, 2, 63, 64, 1009, 8209, 65_537, 300_007};
    private static final int LARGEST = 300_007;
    private static final int PADDING = 128;
    private static final int FLOATS = 1000;

    private static CommunicatorOptions options(int smallVectorBytes) {
        return Transport.MEMORY.options().optSmallVectorBytes(smallVectorBytes).build();
    }

    private static FloatBuffer memory(Communicator communicator, int floats) {
        return communicator.allocate(floats * Float.BYTES).asFloatBuffer();
    }

    private static float[] floats(FloatBuffer vector) {
        float[] values = new float[vector.limit()];
        vector.get(0, values);
        return values;
    }

    /** Even ones, ones at cache lines, and all for one rank. */
    private static List<Partition> partitions(int length, int ranks) {
        int[] alone = new int[ranks];
        alone[ranks / 2] = length;
        return List.of(Partition.even(length, ranks), Partition.aligned(length, ranks, 64), Partition.of(alone));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "2, 32768", "3, 0", "3, 512", "4, 0", "5, 0"})
    void slicesAreThoseOfTheSerialSumAndTheRestStays(int worldSize, int smallVectorBytes) throws Exception {
        Ranks.values(worldSize, options(smallVectorBytes), communicator -> {
            FloatBuffer memory = memory(communicator, LARGEST + PADDING);
            Random random = new Random(worldSize);
            for (int length : LENGTHS) {
                for (Partition partition : partitions(length, worldSize)) {
                    checkScatter(communicator, memory.slice(random.nextInt(PADDING), length), partition);
                }
            }
            return null;
        });
    }

    private static void checkScatter(Communicator communicator, FloatBuffer vector, Partition partition) {
        int length = vector.limit();
        float[] expected = MappedSumTest.values(length + communicator.rank(), length);
        vector.put(0, expected);
        int from = partition.from(communicator.rank());
        int count = partition.length(communicator.rank());
        communicator.reduceScatter(List.of(vector), partition, vector.slice(from, count));
        System.arraycopy(
                MappedSumTest.serialSum(length, communicator.worldSize(), length), from, expected, from, count);
        assertThat(floats(vector)).as("%s", partition).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "2, 32768", "3, 0", "3, 512", "4, 0", "5, 0"})
    void everyRankGetsTheSlicesOfAll(int worldSize, int smallVectorBytes) throws Exception {
        Ranks.values(worldSize, options(smallVectorBytes), communicator -> {
            FloatBuffer memory = memory(communicator, LARGEST + PADDING);
            for (int length : LENGTHS) {
                for (Partition partition : partitions(length, worldSize)) {
                    memory.put(length + 5, 7);
                    checkGather(communicator, memory.slice(5, length), partition);
                    assertThat(memory.get(length + 5)).isEqualTo(7);
                }
            }
            return null;
        });
    }

    private static void checkGather(Communicator communicator, FloatBuffer vector, Partition partition) {
        float[] expected = MappedSumTest.values(partition.hashCode(), vector.limit());
        int from = partition.from(communicator.rank());
        vector.put(0, new float[vector.limit()]);
        vector.put(from, expected, from, partition.length(communicator.rank()));
        communicator.allGather(vector, partition);
        assertThat(floats(vector)).as("%s", partition).isEqualTo(expected);
    }

    /** What a step does: each rank changes what it has got of the sum, and gives it to all, in another place. */
    @ParameterizedTest
    @CsvSource({"2, 20_011", "3, 20_011", "4, 1009"})
    void manyHalvesFollowEachOther(int worldSize, int length) throws Exception {
        Ranks.values(worldSize, options(0), communicator -> {
            FloatBuffer gradients = memory(communicator, length);
            FloatBuffer weights = memory(communicator, length + PADDING).slice(PADDING, length);
            Partition partition = Partition.aligned(length, worldSize, 64);
            float[] expected = new float[length];
            int from = partition.from(communicator.rank());
            int count = partition.length(communicator.rank());
            for (int round = 0; round < 60; round++) {
                gradients.put(0, MappedSumTest.values(round + communicator.rank(), length));
                communicator.reduceScatter(List.of(gradients), partition, gradients.slice(from, count));
                for (int i = from; i < from + count; i++) {
                    weights.put(i, weights.get(i) - 0.5f * gradients.get(i));
                }
                communicator.allGather(weights, partition);
                float[] sum = MappedSumTest.serialSum(round, worldSize, length);
                for (int i = 0; i < length; i++) {
                    expected[i] = expected[i] - 0.5f * sum[i];
                }
                assertThat(floats(weights)).isEqualTo(expected);
            }
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void vectorsAreReadInPlaceWhereRanksShareMemoryAndTheyAreLong(Transport transport) throws Exception {
        CommunicatorOptions options =
                transport.options().optSmallVectorBytes(400).build();
        List<List<Boolean>> answers = Ranks.values(2, options, communicator -> {
            FloatBuffer memory = memory(communicator, FLOATS);
            return List.of(
                    communicator.readsInPlace(memory),
                    communicator.readsInPlace(memory.slice(200, 800)),
                    communicator.readsInPlace(memory.slice(201, 799)),
                    communicator.readsInPlace(Ranks.vector(FLOATS)),
                    communicator.readsInPlace(FloatBuffer.allocate(FLOATS)));
        });
        boolean shared = !transport.onSockets();
        assertThat(answers).containsOnly(List.of(shared, shared, false, false, false));
    }

    @Test
    void rankThatIsAloneReadsNobody() {
        try (Communicator communicator = Communicator.local()) {
            assertThat(communicator.readsInPlace(memory(communicator, 1 << 20))).isFalse();
        }
    }

    @Test
    void whatIsReadFromOthersCountsAsSent() throws Exception {
        List<List<Long>> sent = Ranks.values(3, options(0), communicator -> {
            Partition partition = Partition.of(100, 20, 3);
            FloatBuffer memory = memory(communicator, partition.elements());
            int rank = communicator.rank();
            long before = communicator.bytesSent();
            communicator.reduceScatter(
                    List.of(memory), partition, memory.slice(partition.from(rank), partition.length(rank)));
            long between = communicator.bytesSent();
            communicator.allGather(memory, partition);
            return List.of(between - before, communicator.bytesSent() - between);
        });
        assertThat(sent).containsExactly(List.of(92L, 800L), List.of(412L, 160L), List.of(480L, 24L));
    }

    private static List<String> failures(Ranks.Body<Object> body) throws Exception {
        List<String> messages = new ArrayList<>();
        for (Ranks.Outcome<Object> outcome : Ranks.run(2, options(0), body)) {
            assertThat(outcome.communicationFailure().kind()).isEqualTo(Kind.PROTOCOL);
            messages.add(outcome.failure().getMessage());
        }
        return messages;
    }

    @Test
    void otherSlicesAreAnErrorThatNamesThem() throws Exception {
        List<String> scattered = failures(communicator -> {
            FloatBuffer memory = memory(communicator, FLOATS);
            Partition partition = Partition.of(500 + communicator.rank(), 500 - communicator.rank());
            int from = partition.from(communicator.rank());
            communicator.reduceScatter(
                    List.of(memory), partition, memory.slice(from, partition.length(communicator.rank())));
            return null;
        });
        List<String> gathered = failures(communicator -> {
            FloatBuffer memory = memory(communicator, FLOATS);
            communicator.allGather(memory, Partition.of(500 + communicator.rank(), 500 - communicator.rank()));
            return null;
        });
        for (int rank : new int[] {0, 1}) {
            String bounds = "Partition[0, " + (500 + rank) + ", 1000]";
            assertThat(scattered.get(rank))
                    .contains("called reduceScatter 4 with other slices than rank " + rank + ", which called it with "
                            + bounds);
            assertThat(gathered.get(rank))
                    .contains("called allGather of slices 4 with other slices than rank " + rank
                            + ", which called it with " + bounds);
        }
    }

    @Test
    void vectorsOfWhichOneLiesElsewhereAreAnErrorThatNamesBoth() throws Exception {
        Partition partition = Partition.even(FLOATS, 2);
        List<String> scattered = failures(communicator -> {
            FloatBuffer memory = memory(communicator, FLOATS);
            FloatBuffer vector = communicator.rank() == 0 ? memory : Ranks.vector(FLOATS);
            communicator.reduceScatter(
                    List.of(vector),
                    partition,
                    vector.slice(partition.from(communicator.rank()), partition.length(communicator.rank())));
            return null;
        });
        List<String> gathered = failures(communicator -> {
            FloatBuffer memory = memory(communicator, FLOATS);
            communicator.allGather(communicator.rank() == 0 ? memory : Ranks.vector(FLOATS), partition);
            return null;
        });
        IntStream.of(0, 1).forEach(rank -> {
            String places = rank == 0
                    ? " 4 with a vector outside allocated memory while rank 0 called it with one in it"
                    : " 4 with a vector in allocated memory while rank 1 called it with one outside it";
            assertThat(scattered.get(rank)).contains("called reduceScatter" + places);
            assertThat(gathered.get(rank)).contains("called allGather of slices" + places);
        });
    }
}
