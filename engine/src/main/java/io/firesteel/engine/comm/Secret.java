package io.firesteel.engine.comm;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.SecureRandom;

/** The secret that the ranks of one run share and that outsiders lack; never printed. */
public final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MIN_BYTES = 16;
    private static final int RANDOM_BYTES = 32;

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A secret of the given bytes.
     *
     * @throws IllegalArgumentException if there are fewer than 16
     */
    public static Secret of(byte[] bytes) {
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "Invalid secret: " + bytes.length + " bytes (must be >= " + MIN_BYTES + ")");
        }
        return new Secret(bytes.clone());
    }

    /** A new secret of 32 random bytes, for a new run. */
    public static Secret random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(bytes);
    }

    /** A copy of the bytes, to hand to the other ranks over a channel that outsiders cannot read. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Compares in a time that doesn't depend on the content. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    /** Depends on the length only, so that a printed hash tells nothing. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
