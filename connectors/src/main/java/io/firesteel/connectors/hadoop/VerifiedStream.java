package io.firesteel.connectors.hadoop;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A stream whose end fails if the bytes aren't those that were stored. */
final class VerifiedStream extends FilterInputStream {
    private final String uri;
    private final String expected;
    private final MessageDigest digest = Sha256.start();

    private boolean verified;

    VerifiedStream(InputStream in, String uri, String expected) {
        super(in);
        this.uri = uri;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count > 0) {
            digest.update(buffer, offset, count);
        } else if (count < 0) {
            verify();
        }
        return count;
    }

    /** What is skipped has to be in the checksum as well. */
    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(8192, Math.max(0, count))];
        long left = count;
        while (left > 0) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return Math.max(0, count) - Math.max(0, left);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void verify() {
        if (!verified) {
            verified = true;
            String found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(expected)) {
                throw new ArtifactException("Cannot read " + uri + ": its SHA-256 is " + found + " (expected "
                        + expected + "): the file was changed or damaged");
            }
        }
    }
}
