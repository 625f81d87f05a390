package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.comm.CommunicationException.Kind;
import io.firesteel.engine.kernel.DirectView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Exchanger;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class AllocatedMemoryTest {
    private static final int FLOATS = 5000;
    private static final int NEVER = -1;
    private static final int ANSWER_AT = 4;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void memoryIsZeroedNativeAndBeginsAtACacheLine(Transport transport) throws Exception {
        Ranks.values(3, transport.options().build(), communicator -> {
            for (int bytes : new int[] {0, 1, 4, 4097, 1_000_003}) {
                ByteBuffer memory = communicator.allocate(bytes);
                assertThat(memory.remaining()).isEqualTo(bytes);
                assertThat(memory.order()).isEqualTo(ByteOrder.nativeOrder());
                assertThat(DirectView.address(memory) % 64).isZero();
                assertThat(memory.mismatch(ByteBuffer.allocate(bytes))).isEqualTo(-1);
            }
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void ranksShareItWhereTheyShareRings(Transport transport) throws Exception {
        List<Boolean> shared =
                Ranks.values(3, transport.options().build(), communicator -> isMapped(communicator.allocate(64)));
        assertThat(shared).containsOnly(!transport.onSockets());
    }

    /** Whether the kernel says that a file which has lost its name is there. */
    private static boolean isMapped(ByteBuffer memory) throws IOException {
        long address = DirectView.address(memory);
        try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
            return mappings.filter(
                            line -> line.contains(Credentials.MEMORY + "/firesteel-") && line.endsWith("(deleted)"))
                    .map(line -> line.split("[- ]", 3))
                    .anyMatch(range -> Long.parseUnsignedLong(range[0], 16) <= address
                            && address < Long.parseUnsignedLong(range[1], 16));
        }
    }

    @Test
    void rankThatIsAloneGetsMemoryOfItsOwn() {
        try (Communicator communicator = Communicator.local()) {
            FloatBuffer memory = communicator.allocate(FLOATS * Float.BYTES).asFloatBuffer();
            memory.put(0, 7);
            communicator.allReduceSum(List.of(memory), memory);
            assertThat(memory.get(0)).isEqualTo(7);
        }
    }

    @Test
    void groupHasMemoryOfItsOwn() throws Exception {
        Ranks.values(4, Transport.MEMORY.options().build(), communicator -> {
            try (Communicator group = communicator.split(communicator.rank() % 2)) {
                FloatBuffer memory = group.allocate(FLOATS * Float.BYTES).asFloatBuffer();
                memory.put(FLOATS - 1, communicator.rank());
                group.allReduceSum(List.of(memory), memory);
                assertThat(memory.get(FLOATS - 1)).isEqualTo(2 * (communicator.rank() % 2) + 2);
            }
            return null;
        });
    }

    @Test
    void memoryStaysWhenTheCommunicatorHasEnded() throws Exception {
        List<ByteBuffer> memory = Ranks.values(2, Transport.MEMORY.options().build(), communicator -> {
            ByteBuffer own = communicator.allocate(1 << 20);
            own.put(own.limit() - 1, (byte) (communicator.rank() + 1));
            return own;
        });
        for (int rank = 0; rank < 2; rank++) {
            assertThat(memory.get(rank).get((1 << 20) - 1)).isEqualTo((byte) (rank + 1));
        }
    }

    @Test
    void noNameStays() throws Exception {
        List<Path> before = files();
        Ranks.values(3, Transport.MEMORY.options().build(), communicator -> {
            communicator.allocate(1 << 20);
            communicator.barrier();
            assertThat(files()).isSubsetOf(before);
            communicator.barrier();
            return null;
        });
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Credentials.MEMORY)) {
            return files.filter(file -> file.getFileName().toString().startsWith("firesteel-"))
                    .toList();
        }
    }

    @Test
    void negativeSizeIsRefusedAndLeavesTheCommunicatorAsItWas() throws Exception {
        Ranks.values(2, Transport.MEMORY.options().build(), communicator -> {
            assertThatThrownBy(() -> communicator.allocate(-1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot allocate memory: -1 bytes (expected >= 0)");
            communicator.barrier();
            return null;
        });
    }

    @Test
    void differentSizesAreAnErrorOnAllRanks() throws Exception {
        List<Ranks.Outcome<ByteBuffer>> outcomes = Ranks.run(
                2,
                Transport.MEMORY.options().build(),
                communicator -> communicator.allocate(100 + communicator.rank()));
        for (int rank = 0; rank < 2; rank++) {
            assertThat(outcomes.get(rank).communicationFailure())
                    .hasMessageContaining("called allocate 0 with " + (101 - rank) + " bytes while rank " + rank
                            + " called it with " + (100 + rank));
            assertThat(outcomes.get(rank).communicationFailure().kind()).isEqualTo(Kind.PROTOCOL);
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 2, 400, true", "100, 2, 399, false", "100, 1, 4000, false", "0, 2, 4000, false"})
    void halfOfTheFreeMemoryIsLeft(int bytes, int ranks, long free, boolean fits) {
        assertThat(SharedAllocation.fits(bytes, ranks, free)).isEqualTo(fits);
    }

    /** One has no room, or doesn't see the others' files: nobody shares, and no name stays. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void rankThatCannotGoOnEndsItForAll(int step) throws Exception {
        List<Path> before = files();
        Exchanger<byte[]> table = new Exchanger<>();
        List<FutureTask<Optional<SharedRegion>>> tasks = new ArrayList<>();
        for (int rank = 0; rank < 2; rank++) {
            int own = rank;
            tasks.add(Ranks.start("rank " + rank, () -> allocate(own, own == 1 ? step : NEVER, table)));
        }
        for (FutureTask<Optional<SharedRegion>> task : tasks) {
            assertThat(task.get()).isEmpty();
        }
        assertThat(files()).isSubsetOf(before);
    }

    private static Optional<SharedRegion> allocate(int rank, int refused, Exchanger<byte[]> table) throws Fault {
        OperationNumber operation = new OperationNumber(Operation.ALLOCATE, 5);
        AtomicInteger step = new AtomicInteger();
        try (SharedAllocation allocation = new SharedAllocation(operation, Roster.world(rank, 2), 2, 1 << 20)) {
            return allocation.run(true, vote -> {
                if (step.getAndIncrement() == refused) {
                    vote[ANSWER_AT] = 0;
                }
                byte[] other = exchange(table, vote);
                return rank == 0 ? List.of(vote, other) : List.of(other, vote);
            });
        }
    }

    private static byte[] exchange(Exchanger<byte[]> table, byte[] vote) {
        try {
            return table.exchange(vote, 20, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("The other rank doesn't vote", e);
        }
    }

    @Test
    void fileIsTheOwnersAloneAndTakenOverByNobody() throws Exception {
        Path file = folder.resolve("m");
        try (MemoryFile created = MemoryFile.create(file, 5000)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> MemoryFile.create(file, 5000)).isInstanceOf(IOException.class);
            assertThat(MemoryFile.join(file, 5001)).isEmpty();
            assertThat(MemoryFile.join(folder.resolve("none"), 5000)).isEmpty();
            Path link = Files.createSymbolicLink(folder.resolve("link"), file);
            assertThat(MemoryFile.join(link, 5000)).isEmpty();
            ByteBuffer joined = MemoryFile.join(file, 5000).orElseThrow();
            created.unlink();
            assertThat(file).doesNotExist();
            created.fill().put(4999, (byte) 3);
            assertThat(joined.get(4999)).isEqualTo((byte) 3);
            assertThat(joined.isReadOnly()).isTrue();
        }
    }
}
