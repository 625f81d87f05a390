package io.firesteel.engine.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Rows that memory has no room for, in one file on a local disk. The file loses its name as it is opened (which is what
 * DELETE_ON_CLOSE does on POSIX systems), so nothing is left behind, however the process ends. Rows are written through a
 * channel, not through a mapping: a full disk then is an error and not a signal.
 */
final class SpillFile implements AutoCloseable {
    private static final int STAGING_BYTES = 1 << 18;
    private static final int MAX_SEGMENT_BYTES = (1 << 30) - 1;

    private final Path path;
    private final FileChannel channel;
    private final int rowBytes;
    private ByteBuffer staging;
    private long written;

    SpillFile(Path path, FileChannel channel, int rowBytes) {
        this.path = path;
        this.channel = channel;
        this.rowBytes = rowBytes;
        this.staging = ByteBuffer.allocateDirect(Math.max(1, STAGING_BYTES / rowBytes) * rowBytes);
    }

    static SpillFile create(Path directory, int rowBytes) {
        Path path = directory.resolve("firesteel-" + UUID.randomUUID() + ".spill");
        Set<StandardOpenOption> options = Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        try {
            FileChannel channel = FileChannel.open(
                    path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new SpillFile(path, channel, rowBytes);
        } catch (IOException e) {
            throw failure("create spill file " + path, e);
        }
    }

    /** Appends whole rows. */
    void append(ByteBuffer rows) {
        flush();
        write(rows);
    }

    /** A view of the next row, with unspecified content. */
    ByteBuffer next() {
        if (!staging.hasRemaining()) {
            flush();
        }
        ByteBuffer row = staging.slice(staging.position(), rowBytes).order(ByteOrder.nativeOrder());
        staging.position(staging.position() + rowBytes);
        return row;
    }

    /** Ends the writing and maps the file: one buffer for each {@code chunkBytes}, the last with what remains. */
    List<ByteBuffer> seal(int chunkBytes) {
        flush();
        staging = ByteBuffer.allocate(0);
        return map(chunkBytes, Math.max(1, MAX_SEGMENT_BYTES / chunkBytes) * (long) chunkBytes);
    }

    /** Bytes in the file. */
    long bytes() {
        return written;
    }

    /** Gives the disk space back, also that of mappings which are not yet collected; reading those is an error then. */
    @Override
    public void close() {
        boolean interrupted =
                Thread.interrupted(); // a pending interrupt would close the channel before it is truncated
        try (channel) {
            if (channel.isOpen()) { // an interrupted write has closed it
                channel.truncate(0);
            }
        } catch (IOException e) {
            throw failure("release spill file " + path, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void flush() {
        write(staging.flip());
        staging.clear();
    }

    private void write(ByteBuffer rows) {
        try {
            while (rows.hasRemaining()) {
                written += channel.write(rows, written);
            }
        } catch (ClosedByInterruptException e) {
            throw new UncheckedIOException("Cannot spill rows to " + path + ": the writing thread was interrupted", e);
        } catch (IOException e) {
            throw failure("spill rows to " + path + " after " + written + " bytes", e);
        }
    }

    private List<ByteBuffer> map(int chunkBytes, long segmentBytes) {
        List<ByteBuffer> chunks = new ArrayList<>();
        try {
            for (long start = 0; start < written; start += segmentBytes) {
                ByteBuffer segment = channel.map(MapMode.READ_ONLY, start, Math.min(segmentBytes, written - start));
                cut(segment, chunkBytes, chunks);
            }
        } catch (IOException e) {
            throw failure("map spill file " + path, e);
        }
        return chunks;
    }

    private static void cut(ByteBuffer segment, int chunkBytes, List<ByteBuffer> chunks) {
        for (int start = 0; start < segment.capacity(); start += chunkBytes) {
            chunks.add(segment.slice(start, Math.min(chunkBytes, segment.capacity() - start)));
        }
    }

    private static UncheckedIOException failure(String action, IOException e) {
        return new UncheckedIOException(
                "Cannot " + action + ": " + e
                        + "; spark.local.dir, or SPARK_LOCAL_DIRS on a cluster, names a local disk with enough room",
                e);
    }
}
