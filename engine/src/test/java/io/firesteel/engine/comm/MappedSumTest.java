package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.comm.CommunicationException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of vectors in allocated memory, which ranks of one machine read where they lie. */
@Timeout(120)
final class MappedSumTest {
    private static final int[] LENGTHS = {0, 1, 2, 3, 63, 64, 65, 257, 1009, 8209, 65_537, 300_007};
    private static final int LARGEST = 300_007;
    private static final int PADDING = 128;
    private static final int FLOATS = 1000;
    /** Region, offset, the only piece, the end. */
    private static final int WORDS = 4;

    private static final float[] ODD = {
        -0.0f, 0.0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -Float.MIN_VALUE
    };

    private static CommunicatorOptions options(int smallVectorBytes) {
        return Transport.MEMORY.options().optSmallVectorBytes(smallVectorBytes).build();
    }

    /** Magnitudes so different that every order of additions rounds differently, and numbers with rules of their own. */
    static float[] values(long seed, int length) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            float scale = (float) Math.pow(10, random.nextInt(9) - 4);
            boolean odd = random.nextInt(10) == 0;
            values[i] = odd ? ODD[random.nextInt(ODD.length)] : (float) random.nextGaussian() * scale;
        }
        return values;
    }

    /** The definition of the result: one addition after the other. */
    static float[] serialSum(long seed, int worldSize, int length) {
        float[] sum = values(seed, length);
        for (int rank = 1; rank < worldSize; rank++) {
            float[] next = values(seed + rank, length);
            for (int i = 0; i < length; i++) {
                sum[i] = sum[i] + next[i];
            }
        }
        return sum;
    }

    /** All NaNs are one: which of two operands' payloads a sum keeps is not promised. */
    private static int[] bits(FloatBuffer vector) {
        int[] bits = new int[vector.remaining()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(vector.get(i));
        }
        return bits;
    }

    private static int[] bits(float[] values) {
        return bits(FloatBuffer.wrap(values));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "2, 32768", "3, 0", "3, 512", "4, 0", "5, 0", "5, 32768"})
    void sumIsTheSerialSumBitForBit(int worldSize, int smallVectorBytes) throws Exception {
        Ranks.values(worldSize, options(smallVectorBytes), communicator -> {
            FloatBuffer memory = memory(communicator, LARGEST + PADDING);
            Random random = new Random(worldSize);
            for (int length : LENGTHS) {
                checkSum(communicator, memory.slice(random.nextInt(PADDING), length), 7L * length);
            }
            return null;
        });
    }

    private static FloatBuffer memory(Communicator communicator, int floats) {
        return communicator.allocate(floats * Float.BYTES).asFloatBuffer();
    }

    /** A second view of the memory must do as well as the same object, and nothing around it may change. */
    private static void checkSum(Communicator communicator, FloatBuffer vector, long seed) {
        int length = vector.limit();
        vector.put(0, values(seed + communicator.rank(), length));
        communicator.allReduceSum(List.of(seed % 2 == 0 ? vector : vector.duplicate()), vector);
        assertThat(bits(vector))
                .as("%d elements", length)
                .isEqualTo(bits(serialSum(seed, communicator.worldSize(), length)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void ranksMayHaveTheirVectorsInDifferentPlaces(int worldSize) throws Exception {
        int length = 10_007;
        Ranks.values(worldSize, options(0), communicator -> {
            List<FloatBuffer> regions = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                regions.add(memory(communicator, length + PADDING));
            }
            Random random = new Random(communicator.rank());
            for (int round = 0; round < 30; round++) {
                FloatBuffer region = regions.get(random.nextInt(regions.size()));
                int from = random.nextInt(PADDING);
                region.put(from + length, 5);
                checkSum(communicator, region.slice(from, length), 1000L + round);
                assertThat(region.get(from + length)).isEqualTo(5);
            }
            return null;
        });
    }

    @Test
    void manySumsOfAllLengthsFollowEachOther() throws Exception {
        Ranks.values(3, options(512), communicator -> {
            FloatBuffer memory = memory(communicator, 2000);
            Random random = new Random(3);
            for (int round = 0; round < 500; round++) {
                checkSum(communicator, memory.slice(0, random.nextInt(2000)), round);
                if (round % 50 == 0) {
                    communicator.barrier();
                }
            }
            return null;
        });
    }

    @Test
    void sumGoesOnBetweenOtherWork() throws Exception {
        Ranks.values(3, options(0), communicator -> {
            FloatBuffer memory = memory(communicator, LARGEST);
            for (int round = 0; round < 5; round++) {
                memory.put(0, values(round + communicator.rank(), LARGEST));
                PendingReduction sum = communicator.startAllReduceSum(List.of(memory), memory);
                for (int i = 0; i < 10 * communicator.rank(); i++) {
                    sum.poll();
                }
                sum.await();
                assertThat(bits(memory)).isEqualTo(bits(serialSum(round, 3, LARGEST)));
            }
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void sumAndMeanInPlaceAreThoseOfAllRanks(int worldSize) throws Exception {
        int length = 1009;
        Ranks.values(worldSize, options(0), communicator -> {
            FloatBuffer memory = memory(communicator, length);
            float[] sum = serialSum(1, worldSize, length);
            memory.put(0, values(1 + communicator.rank(), length));
            communicator.allReduce(ReduceOperator.SUM, memory);
            assertThat(bits(memory)).isEqualTo(bits(sum));
            memory.put(0, values(1 + communicator.rank(), length));
            communicator.allReduce(ReduceOperator.MEAN, memory);
            for (int i = 0; i < length; i++) {
                sum[i] /= worldSize;
            }
            assertThat(bits(memory)).isEqualTo(bits(sum));
            return null;
        });
    }

    /** What isn't a single sum in place in floats takes the way it always took, from whatever memory. */
    @Test
    void otherReductionsUseTheMemoryAsAnyOther() throws Exception {
        Ranks.values(3, options(0), communicator -> {
            ByteBuffer bytes = communicator.allocate(8000);
            FloatBuffer floats = bytes.asFloatBuffer();
            floats.put(17, communicator.rank());
            communicator.allReduce(ReduceOperator.MAX, floats);
            assertThat(floats.get(17)).isEqualTo(2);
            FloatBuffer result = Ranks.vector(2000);
            communicator.allReduceSum(List.of(floats, floats), result);
            assertThat(result.get(17)).isEqualTo(12);
            communicator.allReduceSum(List.of(floats.slice(0, 900)), floats.slice(1000, 900));
            assertThat(floats.get(1017)).isEqualTo(6);
            DoubleBuffer doubles = bytes.asDoubleBuffer();
            doubles.put(100, communicator.rank());
            communicator.allReduce(ReduceOperator.SUM, doubles);
            assertThat(doubles.get(100)).isEqualTo(3);
            return null;
        });
    }

    @Test
    void ranksOfAGroupSumInTheMemoryOfAll() throws Exception {
        Ranks.values(4, options(0), communicator -> {
            FloatBuffer memory = memory(communicator, 10_007);
            try (Communicator group = communicator.split(communicator.rank() % 2)) {
                for (int round = 0; round < 10; round++) {
                    checkSum(group, memory, 100L * round);
                }
            }
            return null;
        });
    }

    @Test
    void whatIsReadFromOthersCountsAsSent() throws Exception {
        List<Long> inPlace = Ranks.values(3, options(0), communicator -> {
            FloatBuffer memory = memory(communicator, 9000);
            long before = communicator.bytesSent();
            communicator.allReduceSum(List.of(memory), memory);
            return communicator.bytesSent() - before;
        });
        // To each of two others its slice of 3008 or 2984 values, and this rank's slice of the sum.
        assertThat(inPlace).containsExactly(4L * (5992 + 6016), 4L * (5992 + 6016), 4L * (6016 + 5968));
    }

    private static List<String> failures(int world, Kind kind, Ranks.Body<Object> body) throws Exception {
        List<String> messages = new ArrayList<>();
        for (Ranks.Outcome<Object> outcome : Ranks.run(world, options(0), body)) {
            assertThat(outcome.communicationFailure().kind()).isEqualTo(kind);
            messages.add(outcome.failure().getMessage());
        }
        return messages;
    }

    @Test
    void vectorsOfWhichOneLiesElsewhereAreAnErrorThatNamesBoth() throws Exception {
        List<String> messages = failures(2, Kind.PROTOCOL, communicator -> {
            FloatBuffer memory = memory(communicator, FLOATS);
            FloatBuffer vector = communicator.rank() == 0 ? memory : Ranks.vector(FLOATS);
            communicator.allReduceSum(List.of(vector), vector);
            return null;
        });
        assertThat(messages.get(0))
                .startsWith("Cannot complete allReduceSum 4 on rank 0: rank 1 at ")
                .contains("called allReduceSum 4 with a vector outside allocated memory while rank 0 called it with one"
                        + " in it");
        assertThat(messages.get(1))
                .startsWith("Cannot complete allReduceSum 4 on rank 1: rank 0 at ")
                .contains("called allReduceSum 4 with a vector in allocated memory while rank 1 called it with one"
                        + " outside it");
    }

    @Test
    void differentLengthsAreAnErrorThatNamesBoth() throws Exception {
        List<String> messages = failures(2, Kind.PROTOCOL, communicator -> {
            FloatBuffer vector = memory(communicator, FLOATS).slice(0, FLOATS - communicator.rank());
            communicator.allReduceSum(List.of(vector), vector);
            return null;
        });
        assertThat(messages.get(0))
                .contains("called allReduceSum 4 with vectors of 999 elements while rank 0 called it with 1000");
        assertThat(messages.get(1))
                .contains("called allReduceSum 4 with vectors of 1000 elements while rank 1 called it with 999");
    }

    @Test
    void differentOperatorsAreAnErrorThatNamesBoth() throws Exception {
        List<String> messages = failures(2, Kind.PROTOCOL, communicator -> {
            FloatBuffer vector = memory(communicator, FLOATS);
            communicator.allReduce(communicator.rank() == 0 ? ReduceOperator.SUM : ReduceOperator.MEAN, vector);
            return null;
        });
        assertThat(messages.get(0))
                .contains("called allReduce 4 with MEAN of FLOAT32 while rank 0 called it with SUM of FLOAT32");
        assertThat(messages.get(1))
                .contains("called allReduce 4 with SUM of FLOAT32 while rank 1 called it with MEAN of FLOAT32");
    }

    /** Every bit of everything that one rank tells the other. */
    @Test
    void changedWordIsAnErrorAndNeverASum() throws Exception {
        for (int changed = 0; changed < WORDS * Long.SIZE; changed++) {
            int bit = changed;
            assertThatThrownBy(() -> exchangeWords(bit))
                    .as("bit %d", bit)
                    .isInstanceOf(Fault.class)
                    .hasMessageMatching("wrote nonsense into the shared memory \\(word " + bit / Long.SIZE
                            + " of allReduceSum 3 is -?\\d+\\)")
                    .satisfies(fault -> assertThat(((Fault) fault).kind()).isEqualTo(Kind.PROTOCOL));
        }
        assertThat(exchangeWords(-1)).containsExactly(WORDS * Long.BYTES, WORDS * Long.BYTES);
    }

    /** Two ranks take turns to say a word each; one bit of what the second one says is changed. Answers the bytes said. */
    private static int[] exchangeWords(int changed) throws Fault {
        List<ByteBuffer> memory = List.of(SharedAllocation.unshared(400), SharedAllocation.unshared(400));
        List<MappedSumExchange> ranks = List.of(exchange(memory, 0), exchange(memory, 1));
        int[] said = new int[2];
        for (int turn = 0; turn < 10 * WORDS; turn++) {
            int rank = turn % 2;
            ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            ranks.get(rank).fill(1 - rank, said[rank], word);
            if (word.flip().hasRemaining()) {
                if (rank == 1 && changed / Long.SIZE == said[rank] / Long.BYTES && changed >= 0) {
                    word.putLong(0, word.getLong(0) ^ 1L << changed % Long.SIZE);
                }
                ranks.get(1 - rank).drain(rank, said[rank], word);
                said[rank] += Long.BYTES;
            }
        }
        return said;
    }

    private static MappedSumExchange exchange(List<ByteBuffer> memory, int rank) {
        SharedRegion region = new SharedRegion(2, memory.get(rank), memory.toArray(ByteBuffer[]::new));
        SharedRegions regions = new SharedRegions();
        regions.add(region);
        SharedVector vector = new SharedVector(region, 0, memory.get(rank).asFloatBuffer());
        return new MappedSumExchange(
                MappedSumExchange.Plan.ofSum(new OperationNumber(Operation.ALL_REDUCE_SUM, 3), 0, 100, 2),
                Roster.world(rank, 2),
                new FloatNumbers(ReduceOperator.SUM),
                regions,
                vector);
    }
}
