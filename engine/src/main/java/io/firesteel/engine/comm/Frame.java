package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The header of a message: 40 bytes, little-endian, then {@code length} bytes of payload, then zeros up to a multiple of 8.
 *
 * @param operation what the payload is for
 * @param sequence number of the operation since the ranks connected; the same on all ranks
 * @param length payload bytes, &gt;= 0
 * @param argument what the ranks must agree on: elements of the vector, root of the broadcast, or 0
 * @param count contributions in the payload of an all-reduce, or 0
 */
record Frame(Operation operation, long sequence, long length, long argument, int count) {
    static final int HEADER_BYTES = 40;
    private static final int CHECKED_BYTES = HEADER_BYTES - Integer.BYTES;
    /** "FSM" and the version of this layout. */
    private static final int MAGIC = 0x46534D02;

    void encode(ByteBuffer target) {
        int begin = target.position();
        target.putInt(MAGIC).putInt(operation.code()).putLong(sequence);
        target.putLong(length).putLong(argument).putInt(count);
        target.putInt(checksum(target, begin));
    }

    static Frame decode(ByteBuffer source, int peer) throws Fault {
        int begin = source.position();
        int magic = source.getInt();
        if (magic != MAGIC) {
            throw Fault.protocol(
                    peer, String.format("sent no frame (it starts with %08x, expected %08x)", magic, MAGIC));
        }
        Operation operation = Operation.ofCode(source.getInt(), peer);
        Frame frame = new Frame(operation, source.getLong(), source.getLong(), source.getLong(), source.getInt());
        int checksum = source.getInt();
        int expected = checksum(source, begin);
        if (checksum != expected) {
            throw Fault.protocol(
                    peer,
                    String.format(
                            "sent a header that changed on the way (checksum %08x, expected %08x)",
                            checksum, expected));
        }
        if (frame.length < 0 || frame.count < 0) {
            throw Fault.protocol(peer, "sent a frame of negative size: " + frame);
        }
        return frame;
    }

    /** The header's last 4 bytes: else a changed length would pass for another value, or for a gigabyte of one. */
    private static int checksum(ByteBuffer header, int begin) {
        CRC32C checksum = new CRC32C();
        checksum.update(header.duplicate().limit(begin + CHECKED_BYTES).position(begin));
        return (int) checksum.getValue();
    }

    /** Refuses the frame of a rank that isn't doing what this rank does. */
    void checkAnswers(Frame own, int ownRank, int peer) throws Fault {
        if (operation != own.operation || sequence != own.sequence) {
            throw Fault.protocol(peer, "called " + title() + " while rank " + ownRank + " called " + own.title());
        }
    }

    /** The operation and its number, as messages call it. */
    String title() {
        return operation.title() + " " + sequence;
    }
}
