package io.firesteel.engine.comm;

import io.firesteel.engine.kernel.DirectView;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One rank's part in making a {@link SharedRegion}. After each step the ranks vote, and go on only where each of them could: they
 * are all here, all files have been made, all have been mapped by everybody, all have their pages.
 */
final class SharedAllocation implements Closeable {
    static final int VOTE_BYTES = 21;
    private static final int NAME_BYTES = 16;
    private static final int YES = 1;
    private static final int CACHE_LINE = 64;
    private static final Path FOLDER = Credentials.MEMORY;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final OperationNumber operation;
    private final Roster roster;
    private final int bytes;
    private final byte[] name = new byte[NAME_BYTES];
    /** What each rank of the world has, as far as it is mapped here. */
    private final MappedByteBuffer[] byRank;

    private MemoryFile file;

    /** Tells all ranks what this one votes, and answers the votes of all. */
    interface Ballot {
        List<byte[]> of(byte[] own);
    }

    /**
     * An allocation that has not begun.
     *
     * @param operation stands in messages; its number becomes the region's
     * @param worldSize ranks of the world, some of which are in the roster
     */
    SharedAllocation(OperationNumber operation, Roster roster, int worldSize, int bytes) {
        this.operation = operation;
        this.roster = roster;
        this.bytes = bytes;
        byRank = new MappedByteBuffer[worldSize];
        RANDOM.nextBytes(name);
    }

    /** Zeroed memory of this rank alone, to begin where a cache line does. */
    static ByteBuffer unshared(int bytes) {
        return ByteBuffer.allocateDirect(Math.addExact(bytes, 2 * CACHE_LINE))
                .alignedSlice(CACHE_LINE)
                .slice(0, bytes)
                .order(ByteOrder.nativeOrder());
    }

    /**
     * Makes the region, or nothing on all ranks.
     *
     * @param linked whether this rank and all others map the same memory already
     */
    Optional<SharedRegion> run(boolean linked, Ballot ballot) throws Fault {
        List<byte[]> votes = ballot.of(vote(linked && isWorthwhile()));
        if (!passed(votes) || !passed(ballot.of(vote(create()))) || !passed(ballot.of(vote(join(votes))))) {
            return Optional.empty();
        }
        if (!passed(ballot.of(vote(fill())))) {
            discard();
            return Optional.empty();
        }
        return Optional.of(region());
    }

    /** What this rank tells the others after a step: how much it wants, whether it could go on, and its file's name. */
    private byte[] vote(boolean done) {
        return ByteBuffer.allocate(VOTE_BYTES)
                .putInt(bytes)
                .put((byte) (done ? YES : 0))
                .put(name)
                .array();
    }

    /** Whether all could go on. Fails if one of them wants another amount of memory. */
    private boolean passed(List<byte[]> votes) throws Fault {
        boolean passed = true;
        for (int at = 0; at < votes.size(); at++) {
            ByteBuffer vote = ByteBuffer.wrap(votes.get(at));
            int wanted = vote.getInt();
            if (wanted != bytes) {
                throw Fault.protocol(
                        roster.rank(at),
                        "called " + operation.title() + " with " + wanted + " bytes while rank " + roster.rank()
                                + " called it with " + bytes);
            }
            passed &= vote.get() == YES;
        }
        return passed;
    }

    private boolean isWorthwhile() {
        try {
            return DirectView.isSupported()
                    && SharedMemory.available(FOLDER)
                    && fits(bytes, roster.size(), Files.getFileStore(FOLDER).getUsableSpace());
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether half of the memory that is free now is left to others when all ranks have taken their part. */
    static boolean fits(int bytes, int ranks, long free) {
        return bytes > 0 && ranks > 1 && (long) bytes * ranks <= free / 2;
    }

    private boolean create() {
        try {
            file = MemoryFile.create(path(name), bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path path(byte[] unique) {
        return FOLDER.resolve("firesteel-" + HexFormat.of().formatHex(unique));
    }

    private boolean join(List<byte[]> votes) {
        for (int at = 0; at < votes.size(); at++) {
            byte[] named = new byte[NAME_BYTES];
            ByteBuffer.wrap(votes.get(at)).get(VOTE_BYTES - NAME_BYTES, named);
            if (at != roster.position()) {
                Optional<MappedByteBuffer> theirs = MemoryFile.join(path(named), bytes);
                if (theirs.isEmpty()) {
                    return false;
                }
                byRank[roster.rank(at)] = theirs.get();
            }
        }
        return true;
    }

    /** All have mapped the file: its name goes before its pages come. */
    private boolean fill() {
        try {
            file.unlink();
            byRank[roster.rank()] = file.fill();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Gives the pages back. Only where all know that not all have got theirs, so that nobody reads them. */
    private void discard() {
        try {
            file.discard();
        } catch (IOException e) {
            // They go when nobody maps them any more.
            return;
        }
    }

    /** With the page tables, so that the first sum doesn't wait for them. */
    private SharedRegion region() {
        for (MappedByteBuffer memory : byRank) {
            if (memory != null) {
                memory.load();
            }
        }
        return new SharedRegion(operation.sequence(), byRank[roster.rank()], byRank);
    }

    /** No name stays, whatever happened. */
    @Override
    public void close() {
        if (file != null) {
            try {
                file.unlink();
            } catch (IOException e) {
                // An empty file stays, which is no reason to end the run.
            } finally {
                Connections.closeQuietly(file);
            }
        }
    }
}
