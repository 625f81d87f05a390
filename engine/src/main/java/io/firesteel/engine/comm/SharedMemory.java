package io.firesteel.engine.comm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file in memory that two processes of one machine map: a ring for each direction. Which ring is whose, and the two flags
 * that say who sleeps, depend on the side. The mapping lives until it is garbage.
 */
final class SharedMemory {
    /** Which of the two processes this is. */
    enum Side {
        CREATOR,
        JOINER
    }

    private static final int FLAG_BYTES = 128;
    private static final int RINGS_AT = 4096;
    private static final Set<StandardOpenOption> CREATE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Set<OpenOption> JOIN =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final Path file;
    private final Side side;
    private final MappedByteBuffer memory;
    private final int ringBytes;

    private SharedMemory(Path file, Side side, MappedByteBuffer memory, int ringBytes) {
        this.file = file;
        this.side = side;
        this.memory = memory;
        this.ringBytes = ringBytes;
    }

    /** Whether this machine has such files: a folder in memory that this process may write to, with permissions. */
    static boolean available(Path folder) {
        return Files.isDirectory(folder)
                && Files.isWritable(folder)
                && FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    /** A new file that only this user may open, with its pages in place; {@link #unlink()} it soon. */
    static SharedMemory create(Path file, int ringBytes) throws IOException {
        FileAttribute<?> owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel = FileChannel.open(file, CREATE, owner)) {
            // Written and not only sized: where memory is short this fails, where a mapping would end the process.
            ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 16);
            int size = size(ringBytes);
            while (channel.position() < size) {
                channel.write(zeros.clear().limit((int) Math.min(zeros.capacity(), size - channel.position())));
            }
            return map(file, Side.CREATOR, channel, ringBytes);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** The file that the peer has made, if this process can see one of the right size there. */
    static Optional<SharedMemory> join(Path file, int ringBytes) {
        try (FileChannel channel = FileChannel.open(file, JOIN)) {
            return channel.size() == size(ringBytes)
                    ? Optional.of(map(file, Side.JOINER, channel, ringBytes))
                    : Optional.empty();
        } catch (IOException e) {
            // Another machine or container: the socket does.
            return Optional.empty();
        }
    }

    private static SharedMemory map(Path file, Side side, FileChannel channel, int ringBytes) throws IOException {
        MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, size(ringBytes));
        return new SharedMemory(file, side, memory.load(), ringBytes);
    }

    private static int size(int ringBytes) {
        return Math.addExact(RINGS_AT, Math.multiplyExact(2, ringBytes));
    }

    /** Size of each ring. */
    int ringBytes() {
        return ringBytes;
    }

    /** Takes away the name; the memory stays for those who have mapped it. */
    void unlink() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The ring that this process puts into. */
    Ring outbound() {
        return ring(side == Side.CREATOR ? 0 : 1);
    }

    /** The ring that this process takes from. */
    Ring inbound() {
        return ring(side == Side.CREATOR ? 1 : 0);
    }

    private Ring ring(int index) {
        ByteBuffer control = memory.slice(2 * FLAG_BYTES + index * Ring.CONTROL_BYTES, Ring.CONTROL_BYTES);
        return new Ring(control, memory.slice(RINGS_AT + index * ringBytes, ringBytes));
    }

    /** The flag that this process sets while it sleeps. */
    ByteBuffer ownFlag() {
        return memory.slice(side == Side.CREATOR ? 0 : FLAG_BYTES, FLAG_BYTES);
    }

    /** The flag that the peer sets while it sleeps. */
    ByteBuffer peerFlag() {
        return memory.slice(side == Side.CREATOR ? FLAG_BYTES : 0, FLAG_BYTES);
    }
}
