package io.firesteel.connectors.hadoop;

import java.util.regex.Pattern;

/**
 * A file as it was written.
 *
 * @param name in its directory
 * @param bytes its length
 * @param sha256 64 lower-case hexadecimal digits
 */
public record StoredFile(String name, long bytes, String sha256) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public StoredFile {
        if (name.isBlank()) {
            throw new IllegalArgumentException("Invalid name: blank (must name a file)");
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("Invalid bytes: " + bytes + " (must be 0 or more)");
        }
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "Invalid sha256: " + sha256 + " (must be 64 lower-case hexadecimal digits)");
        }
    }
}
