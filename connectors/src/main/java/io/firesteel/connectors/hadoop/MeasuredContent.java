package io.firesteel.connectors.hadoop;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Content that knows, after it was written, how long it is and its SHA-256. */
final class MeasuredContent implements FileContent {
    private final FileContent content;

    private long bytes;
    private MessageDigest digest = Sha256.start();

    MeasuredContent(FileContent content) {
        this.content = content;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        bytes = 0;
        digest = Sha256.start();
        OutputStream measured = new Measured(out);
        content.writeTo(measured);
        measured.flush();
    }

    /** What was written last. */
    StoredFile stored(String name) {
        return new StoredFile(name, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private final class Measured extends FilterOutputStream {
        Measured(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            digest.update((byte) value);
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            digest.update(buffer, offset, length);
            bytes += length;
        }

        /** A stream that is closed counts as whole, which is for its owner to say. */
        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
