package io.firesteel.engine.comm;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
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
 * A file in memory that holds what its owner lets the others read. It has a name only until they have mapped it, and pages only
 * after that, so that a process which is killed on the way leaves a name and hardly a byte. Mappings live until they are garbage.
 */
final class MemoryFile implements Closeable {
    private static final int ZEROS_BYTES = 1 << 16;
    private static final Set<StandardOpenOption> CREATE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Set<OpenOption> JOIN = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path file;
    private final FileChannel channel;
    private final int bytes;

    private MemoryFile(Path file, FileChannel channel, int bytes) {
        this.file = file;
        this.channel = channel;
        this.bytes = bytes;
    }

    /** A new file of a size &gt; 0 that only this user may open, without its pages; {@link #unlink()} it soon. */
    static MemoryFile create(Path file, int bytes) throws IOException {
        FileAttribute<?> owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        FileChannel channel = FileChannel.open(file, CREATE, owner);
        MemoryFile created = new MemoryFile(file, channel, bytes);
        try {
            channel.write(ByteBuffer.allocate(1), bytes - 1L);
            return created;
        } catch (IOException e) {
            created.unlink();
            created.close();
            throw e;
        }
    }

    /** What another process has made, if this one can see a file of the right size there; not to be read before it is filled. */
    static Optional<MappedByteBuffer> join(Path file, int bytes) {
        try (FileChannel channel = FileChannel.open(file, JOIN)) {
            return channel.size() == bytes
                    ? Optional.of(channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes))
                    : Optional.empty();
        } catch (IOException e) {
            // Another container, or no room for a mapping: values travel instead.
            return Optional.empty();
        }
    }

    /** Gives the file its pages, all zeros, and maps it. Fails where memory is short, which ends a process that finds it later. */
    MappedByteBuffer fill() throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_BYTES);
        while (channel.position() < bytes) {
            channel.write(zeros.clear().limit((int) Math.min(ZEROS_BYTES, bytes - channel.position())));
        }
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes).load();
    }

    /** Gives all pages back, whoever has mapped them: nobody may read them any more. */
    void discard() throws IOException {
        channel.truncate(0);
    }

    /** Takes away the name; the memory stays for those who have mapped it. */
    void unlink() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Gives the descriptor back; what is mapped stays. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
