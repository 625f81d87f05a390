package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each operation against a loop over all ranks' values, which every rank can make from the seed. */
@Timeout(120)
final class CollectiveLawsTest {
    private static final int[] LENGTHS = {0, 1, 2, 3, 7, 16, 31, 97, 257, 1009, 5003};
    private static final CommunicatorOptions TINY_CHUNKS =
            Ranks.options().optChunkBytes(64).optSmallVectorBytes(128).build();

    private static double[] values(long seed, int length) {
        Random random = new Random(seed);
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4);
            values[i] = random.nextInt(20) == 0 ? -0.0 : value;
        }
        return values;
    }

    private static FloatBuffer floats(double[] values) {
        FloatBuffer buffer = Ranks.vector(values.length);
        for (int i = 0; i < values.length; i++) {
            buffer.put(i, (float) values[i]);
        }
        return buffer;
    }

    private static DoubleBuffer doubles(double[] values) {
        DoubleBuffer buffer = ByteBuffer.allocateDirect(values.length * Double.BYTES)
                .order(ByteOrder.nativeOrder())
                .asDoubleBuffer();
        return buffer.put(0, values);
    }

    private static LongBuffer longs(double[] values) {
        LongBuffer buffer = ByteBuffer.allocateDirect(values.length * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
        for (int i = 0; i < values.length; i++) {
            buffer.put(i, Double.doubleToRawLongBits(values[i]));
        }
        return buffer;
    }

    private static float expected(ReduceOperator operator, float[] all) {
        float value = all[0];
        for (int i = 1; i < all.length; i++) {
            value = switch (operator) {
                case MIN -> Math.min(value, all[i]);
                case MAX -> Math.max(value, all[i]);
                default -> value + all[i];
            };
        }
        return operator == ReduceOperator.MEAN ? value / all.length : value;
    }

    private static double expected(ReduceOperator operator, double[] all) {
        double value = all[0];
        for (int i = 1; i < all.length; i++) {
            value = switch (operator) {
                case MIN -> Math.min(value, all[i]);
                case MAX -> Math.max(value, all[i]);
                default -> value + all[i];
            };
        }
        return operator == ReduceOperator.MEAN ? value / all.length : value;
    }

    private static long expected(ReduceOperator operator, long[] all) {
        long value = all[0];
        for (int i = 1; i < all.length; i++) {
            value = switch (operator) {
                case MIN -> Math.min(value, all[i]);
                case MAX -> Math.max(value, all[i]);
                default -> value + all[i];
            };
        }
        return operator == ReduceOperator.MEAN ? value / all.length : value;
    }

    @ParameterizedTest
    @EnumSource
    void allReduceCombinesInRankOrder(ReduceOperator operator) throws Exception {
        for (int worldSize : new int[] {1, 2, 3, 4, 9}) {
            Ranks.values(worldSize, TINY_CHUNKS, communicator -> {
                for (int length : LENGTHS) {
                    checkAllReduce(communicator, operator, length);
                }
                return null;
            });
        }
    }

    private static void checkAllReduce(Communicator communicator, ReduceOperator operator, int length) {
        int worldSize = communicator.worldSize();
        double[][] all = new double[worldSize][];
        for (int rank = 0; rank < worldSize; rank++) {
            all[rank] = values(31L * length + rank, length);
        }
        double[] own = all[communicator.rank()];
        FloatBuffer floats = floats(own);
        DoubleBuffer doubles = doubles(own);
        LongBuffer longs = longs(own);
        communicator.allReduce(operator, floats);
        communicator.allReduce(operator, doubles);
        communicator.allReduce(operator, longs);
        for (int i = 0; i < length; i++) {
            float[] f = new float[worldSize];
            double[] d = new double[worldSize];
            long[] l = new long[worldSize];
            for (int rank = 0; rank < worldSize; rank++) {
                f[rank] = (float) all[rank][i];
                d[rank] = all[rank][i];
                l[rank] = Double.doubleToRawLongBits(d[rank]);
            }
            assertThat(Float.floatToRawIntBits(floats.get(i)))
                    .isEqualTo(Float.floatToRawIntBits(expected(operator, f)));
            assertThat(Double.doubleToRawLongBits(doubles.get(i)))
                    .isEqualTo(Double.doubleToRawLongBits(expected(operator, d)));
            assertThat(longs.get(i)).isEqualTo(expected(operator, l));
        }
    }

    @Test
    void minimumAndMaximumAreNaNWhereAValueIs() throws Exception {
        Ranks.values(3, TINY_CHUNKS, communicator -> {
            for (ReduceOperator operator : ReduceOperator.values()) {
                float own = communicator.rank() == 1 ? Float.NaN : communicator.rank();
                FloatBuffer values = Ranks.vector(own, 1);
                communicator.allReduce(operator, values);
                assertThat(values.get(0)).isNaN();
                assertThat(values.get(1)).isFinite();
            }
            return null;
        });
    }

    @Test
    void meanOfIntegersRoundsTowardsZero() throws Exception {
        Ranks.values(2, TINY_CHUNKS, communicator -> {
            LongBuffer values = longs(new double[2]).put(0, communicator.rank()).put(1, -communicator.rank());
            communicator.allReduce(ReduceOperator.MEAN, values);
            assertThat(values.get(0)).isZero();
            assertThat(values.get(1)).isZero();
            return null;
        });
    }

    private static Partition partition(Random random, int length, int parts) {
        return switch (random.nextInt(3)) {
            case 0 -> Partition.even(length, parts);
            case 1 -> Partition.aligned(length, parts, 1 + random.nextInt(64));
            default -> {
                int[] lengths = new int[parts];
                int left = length;
                for (int part = 0; part < parts - 1; part++) {
                    lengths[part] = random.nextInt(left + 1);
                    left -= lengths[part];
                }
                lengths[parts - 1] = left;
                yield Partition.of(lengths);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void reduceScatterThenAllGatherIsTheSumBitForBit(int worldSize) throws Exception {
        Ranks.values(worldSize, TINY_CHUNKS, communicator -> {
            for (int round = 0; round < 20; round++) {
                checkHalves(communicator, new Random(77L * worldSize + round));
            }
            return null;
        });
    }

    private static void checkHalves(Communicator communicator, Random shared) {
        int length = LENGTHS[shared.nextInt(LENGTHS.length)];
        int rank = communicator.rank();
        Partition partition = partition(shared, length, communicator.worldSize());
        boolean inPlace = shared.nextBoolean();
        List<FloatBuffer> own = new ArrayList<>();
        int count = inPlace ? 1 : 1 + (rank + length) % 3;
        for (int i = 0; i < count; i++) {
            own.add(floats(values(1000L * rank + i, length)));
        }
        FloatBuffer sum = Ranks.vector(length);
        communicator.allReduceSum(own, sum);
        FloatBuffer halves = inPlace ? own.get(0) : Ranks.vector(length);
        communicator.reduceScatter(own, partition, halves.slice(partition.from(rank), partition.length(rank)));
        communicator.allGather(halves, partition);
        assertThat(Ranks.bits(halves)).as("%s", partition).isEqualTo(Ranks.bits(sum));
    }

    @Test
    void reduceScatterWritesNothingButTheSlice() throws Exception {
        Ranks.values(3, TINY_CHUNKS, communicator -> {
            Partition partition = Partition.of(2, 0, 3);
            FloatBuffer slice = Ranks.vector(9, 9, 9, 9, 9);
            int length = partition.length(communicator.rank());
            communicator.reduceScatter(
                    List.of(Ranks.vector(1, 2, 3, 4, 5)),
                    partition,
                    slice.duplicate().position(1).limit(1 + length));
            float[] expected = new float[][] {{9, 3, 6, 9, 9}, {9, 9, 9, 9, 9}, {9, 9, 12, 15, 9}}[communicator.rank()];
            assertThat(slice).isEqualTo(Ranks.vector(expected));
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 9})
    void broadcastInPlaceGivesEveryRankTheRootsValues(int worldSize) throws Exception {
        Ranks.values(worldSize, TINY_CHUNKS, communicator -> {
            for (int root = 0; root < worldSize; root++) {
                for (int length : LENGTHS) {
                    FloatBuffer sent = floats(values(length + root, length));
                    FloatBuffer floats =
                            communicator.rank() == root ? sent.asReadOnlyBuffer() : FloatBuffer.allocate(length);
                    communicator.broadcast(floats, root);
                    assertThat(Ranks.bits(floats)).isEqualTo(Ranks.bits(sent));
                    byte[] pattern = new byte[length];
                    new Random(root).nextBytes(pattern);
                    ByteBuffer bytes =
                            ByteBuffer.allocate(length + 2).position(1).limit(length + 1);
                    if (communicator.rank() == root) {
                        bytes.put(1, pattern);
                    }
                    communicator.broadcast(bytes, root);
                    assertThat(bytes).isEqualTo(ByteBuffer.wrap(pattern));
                    assertThat(bytes.get(0)).isZero();
                }
            }
            return null;
        });
    }

    @Test
    void largeBroadcastGoesFromRankToRank() throws Exception {
        int length = (4 << 20) / Float.BYTES;
        Ranks.values(4, Ranks.options().build(), communicator -> {
            FloatBuffer values = Ranks.vector(length);
            for (int i = 0; communicator.rank() == 2 && i < length; i++) {
                values.put(i, i);
            }
            communicator.broadcast(values, 2);
            for (int i = 0; i < length; i++) {
                if (values.get(i) != i) {
                    throw new AssertionError("Element " + i + " is " + values.get(i));
                }
            }
            return null;
        });
    }

    @Test
    void wrongArgumentsAreRefusedAndLeaveTheCommunicatorUsable() throws Exception {
        Ranks.values(2, TINY_CHUNKS, communicator -> {
            FloatBuffer four = Ranks.vector(4);
            Partition halves = Partition.even(4, 2);
            refused(
                    () -> communicator.reduceScatter(List.of(four), Partition.even(4, 3), Ranks.vector(2)),
                    "Cannot start reduceScatter 0: the partition has 3 slices (expected one for each rank, 2)");
            refused(
                    () -> communicator.reduceScatter(List.of(four), halves, Ranks.vector(3)),
                    "Cannot sum into result: its length differs from this rank's slice (3 elements, expected 2)");
            refused(
                    () -> communicator.reduceScatter(List.of(Ranks.vector(5)), halves, Ranks.vector(2)),
                    "Cannot sum contribution 0: its length differs from the partition's (5 elements, expected 4)");
            refused(
                    () -> communicator.allGather(Ranks.vector(5), halves),
                    "Cannot gather slices: the vector's length differs from the partition's (5 elements, expected 4)");
            refused(
                    () -> communicator.allGather(four.asReadOnlyBuffer(), halves),
                    "Cannot receive the values of allGather of slices 0: the buffer is read-only"
                            + " (expected a writable one)");
            refused(
                    () -> communicator.broadcast(four.asReadOnlyBuffer(), 1 - communicator.rank()),
                    "Cannot receive the values of broadcast in place 0: the buffer is read-only"
                            + " (expected a writable one)");
            refused(
                    () -> communicator.broadcast(four, -1),
                    "Cannot broadcast from rank -1: no such rank (expected in [0, 2))");
            refused(
                    () -> communicator.allReduce(ReduceOperator.SUM, FloatBuffer.allocate(1)),
                    "Cannot sum result: it is a heap LITTLE_ENDIAN buffer"
                            + " (expected a direct one in native order, LITTLE_ENDIAN)");
            communicator.barrier();
            return null;
        });
    }

    private static void refused(Runnable operation, String message) {
        assertThatThrownBy(operation::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void scatterOfNothingIsRefusedEverywhereAndLeavesTheCommunicatorUsable() throws Exception {
        Ranks.values(2, TINY_CHUNKS, communicator -> {
            refused(
                    () -> communicator.reduceScatter(List.of(), Partition.even(4, 2), Ranks.vector(2)),
                    "Cannot sum vectors of 4 elements: no rank contributed one"
                            + " (0 contributions, expected >= 1 over all ranks)");
            communicator.barrier();
            return null;
        });
    }

    private static void disagreement(Ranks.Body<Object> body, String... parts) throws Exception {
        List<Ranks.Outcome<Object>> outcomes = Ranks.run(2, Ranks.options().build(), body);
        CommunicationException e = outcomes.get(0).communicationFailure();
        assertThat(e.kind()).isEqualTo(CommunicationException.Kind.PROTOCOL);
        assertThat(e.peer()).hasValue(1);
        assertThat(e).hasMessageContainingAll(parts);
        assertThat(outcomes.get(1).failure()).isInstanceOf(CommunicationException.class);
    }

    @Test
    void disagreementsNameBothRanks() throws Exception {
        disagreement(
                communicator -> {
                    boolean first = communicator.rank() == 0;
                    communicator.allReduce(first ? ReduceOperator.SUM : ReduceOperator.MAX, Ranks.vector(3));
                    return null;
                },
                "on rank 0: rank 1 at ",
                " called allReduce 0 with MAX of FLOAT32 while rank 0 called it with SUM of FLOAT32");
        disagreement(
                communicator -> {
                    int own = communicator.rank();
                    communicator.allGather(Ranks.vector(8), own == 0 ? Partition.of(3, 5) : Partition.of(4, 4));
                    return null;
                },
                "rank 1 at ",
                " called allGather of slices 0 with a slice of 16 bytes of 8 elements while rank 0 expects 20 of 8");
        disagreement(
                communicator -> {
                    communicator.broadcast(Ranks.vector(communicator.rank() + 2), 0);
                    return null;
                },
                "rank 1 at ",
                " called broadcast in place 0 with 12 bytes and root 0 while rank 0 called it with 8 bytes and root 0");
        disagreement(
                communicator -> {
                    int own = communicator.rank();
                    Partition partition = own == 0 ? Partition.of(30_000, 50_000) : Partition.of(40_000, 40_000);
                    communicator.reduceScatter(
                            List.of(Ranks.vector(80_000)), partition, Ranks.vector(partition.length(own)));
                    return null;
                },
                "rank 1 at ",
                "announced 160000 bytes for 1 contributions to a slice of 30000 elements");
    }
}
