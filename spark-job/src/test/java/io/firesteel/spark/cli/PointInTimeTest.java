package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointInTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-23, 2026-11-23T23:59:59.999999999Z",
        "2026-11-23T09:00:00Z, 2026-11-23T09:00:00Z",
        "2026-11-23T09:00, 2026-11-23T09:00:00Z",
        "2026-11-23T09:00:00+02:00, 2026-11-23T07:00:00Z"
    })
    void dayIsItsEndAndTimeWithoutZoneIsUtc(String text, Instant expected) {
        assertThat(PointInTime.parse(text)).isEqualTo(expected);
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> PointInTime.parse("2026-13-01"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid time: 2026-13-01 (must be a day, 2026-11-23, or a time, 2026-11-23T09:00:00Z)");
    }
}
