package io.firesteel.spark.bench;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a vector is. Units are powers of 1024: 1 KB is 1024 bytes.
 *
 * @param bytes a multiple of 4, in [4, 1 Gi]
 */
public record MessageSize(int bytes) implements Serializable {
    private static final int MAX_BYTES = 1 << 30;
    private static final int KILO = 1 << 10;
    private static final int MEGA = 1 << 20;
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,10})(B|KB|MB|GB)?");

    public MessageSize {
        checkRange(Long.toString(bytes), bytes);
    }

    /**
     * Reads a size such as {@code 100KB}; without a unit it is in bytes.
     *
     * @throws IllegalArgumentException if it isn't one, or out of range
     */
    public static MessageSize parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!written.matches()) {
            throw new IllegalArgumentException("Invalid size: " + text + " (must be like 100KB or 10MB)");
        }
        String unit = written.group(2) == null ? "B" : written.group(2);
        int shift = 10 * "BKMG".indexOf(unit.charAt(0));
        long bytes = Long.parseLong(written.group(1)) << shift;
        checkRange(text, bytes);
        return new MessageSize((int) bytes);
    }

    /** Elements of a float32 vector of this size. */
    int floats() {
        return bytes / Float.BYTES;
    }

    private static void checkRange(String text, long bytes) {
        if (bytes < Float.BYTES || bytes > MAX_BYTES || bytes % Float.BYTES != 0) {
            throw new IllegalArgumentException(
                    "Invalid size: " + text + " (must be a multiple of 4 bytes, from 4 bytes to 1 GB)");
        }
    }

    /** As {@link #parse} reads it, in the largest unit that it is a whole number of. */
    @Override
    public String toString() {
        if (bytes % MEGA == 0) {
            return bytes / MEGA + "MB";
        }
        return bytes % KILO == 0 ? bytes / KILO + "KB" : bytes + "B";
    }
}
