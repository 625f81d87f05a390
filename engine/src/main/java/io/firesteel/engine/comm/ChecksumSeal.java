package io.firesteel.engine.comm;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Content, then its CRC32C. */
final class ChecksumSeal implements Seal {
    private final CRC32C checksum = new CRC32C();

    @Override
    public int overhead() {
        return Integer.BYTES;
    }

    @Override
    public void seal(ByteBuffer content, ByteBuffer target) {
        int value = of(content.duplicate());
        target.put(content).putInt(value);
    }

    @Override
    public void open(ByteBuffer sealed, ByteBuffer target) throws Wire.DamagedException {
        ByteBuffer content = sealed.duplicate().limit(sealed.limit() - Integer.BYTES);
        int value = of(content.duplicate());
        int expected = sealed.getInt(content.limit());
        if (value != expected) {
            throw new Wire.DamagedException(String.format(
                    "sent a record that was damaged on its way (%d bytes, checksum %08x, expected %08x)",
                    content.remaining(), value, expected));
        }
        target.put(content);
        sealed.position(sealed.limit());
    }

    private int of(ByteBuffer content) {
        checksum.reset();
        checksum.update(content);
        return (int) checksum.getValue();
    }
}
