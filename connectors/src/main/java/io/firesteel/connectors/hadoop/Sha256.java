package io.firesteel.connectors.hadoop;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The checksum of stored files. */
final class Sha256 {
    private Sha256() {}

    static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot compute SHA-256: every JDK has it, this one doesn't", e);
        }
    }

    static String of(byte[] content) {
        return HexFormat.of().formatHex(start().digest(content));
    }
}
