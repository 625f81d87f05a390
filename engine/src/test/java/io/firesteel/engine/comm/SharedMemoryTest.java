package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedMemoryTest {
    private static final int RING = 4096;
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    Path folder;

    @Test
    void bothSidesSeeWhatTheOtherPuts() throws Exception {
        SharedMemory creator = SharedMemory.create(folder.resolve("m"), RING);
        SharedMemory joiner = SharedMemory.join(folder.resolve("m"), RING).orElseThrow();
        creator.unlink();
        pass(creator.outbound(), joiner.inbound(), 17);
        pass(joiner.outbound(), creator.inbound(), 23);
        creator.ownFlag().putLong(0, 1);
        assertThat(joiner.peerFlag().getLong(0)).isEqualTo(creator.ownFlag().getLong(0));
        assertThat(joiner.ownFlag().getLong(0)).isZero();
    }

    private static void pass(Ring from, Ring to, long value) throws Exception {
        from.room().putLong(value);
        from.commit();
        to.look();
        assertThat(to.received().getLong()).isEqualTo(value);
    }

    @Test
    void nobodyElseMayOpenTheFileAndItsNameGoes() throws Exception {
        Path file = folder.resolve("m");
        SharedMemory memory = SharedMemory.create(file, RING);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        memory.unlink();
        assertThat(file).doesNotExist();
    }

    @Test
    void fileThatExistsIsNotTakenOver() throws Exception {
        Path file = Files.createFile(folder.resolve("m"));
        assertThatThrownBy(() -> SharedMemory.create(file, RING)).isInstanceOf(IOException.class);
    }

    @Test
    void missingLinkedOrForeignFileIsNotJoined() throws Exception {
        assertThat(SharedMemory.join(folder.resolve("none"), RING)).isEmpty();
        Path other = folder.resolve("other");
        SharedMemory.create(other, 2 * RING);
        assertThat(SharedMemory.join(other, RING)).isEmpty();
        Path link = Files.createSymbolicLink(folder.resolve("link"), other);
        assertThat(SharedMemory.join(link, 2 * RING)).isEmpty();
    }

    @Test
    void communicatorsLeaveNoFile() throws Exception {
        List<Path> before = files();
        Ranks.values(3, Ranks.options().build(), communicator -> {
            communicator.barrier();
            assertThat(files()).isSubsetOf(before);
            communicator.barrier();
            return null;
        });
    }

    /** A process that is killed while it waits can't take the file away. */
    @Test
    void rankThatWaitsForAnAnswerHasMadeNoMemory() throws Exception {
        List<PeerListener> listeners = Ranks.listeners(2);
        Group group = Ranks.group(listeners, 1, Ranks.options().build());
        long before = mappings();
        try (SocketChannel channel = SocketChannel.open(listeners.get(0).address())) {
            channel.configureBlocking(false);
            assertThat(new DiallingHandshake(channel, new Credentials(group), 0).advance())
                    .isFalse();
            assertThat(mappings()).isLessThanOrEqualTo(before);
        } finally {
            listeners.forEach(PeerListener::close);
        }
    }

    private static long mappings() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("mapped"))
                .mapToLong(BufferPoolMXBean::getCount)
                .sum();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(MEMORY)) {
            return files.filter(file -> file.getFileName().toString().startsWith("firesteel-"))
                    .toList();
        }
    }
}
