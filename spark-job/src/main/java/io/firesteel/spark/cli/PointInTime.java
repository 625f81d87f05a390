package io.firesteel.spark.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A time as it is given on the command line. */
final class PointInTime {
    private PointInTime() {}

    /**
     * A day means its last moment; what has no zone is UTC.
     *
     * @throws IllegalArgumentException if it is neither a day nor a time
     */
    static Instant parse(String text) {
        try {
            if (!text.contains("T")) {
                return LocalDate.parse(text)
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .minusNanos(1);
            }
            return text.matches(".*T.*(Z|[+-][0-9:]+)")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "Invalid time: " + text + " (must be a day, 2026-11-23, or a time, 2026-11-23T09:00:00Z)", e);
        }
    }
}
