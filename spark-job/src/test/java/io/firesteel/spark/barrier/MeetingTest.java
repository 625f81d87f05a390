package io.firesteel.spark.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.Secret;
import io.firesteel.spark.config.LinkConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MeetingTest {
    /** Else a rank that waits for a third is blamed by those that wait for it. */
    @Test
    void ranksGiveUpConnectingBeforeTheirPeersGiveThemUp() {
        Meeting meeting = new Meeting(
                "run-7", Secret.random(), LinkConfig.DEFAULT, Duration.ofMillis(2500), Duration.ofSeconds(90));
        assertThat(meeting.connectTimeout()).isEqualTo(Duration.ofMillis(1250));
    }
}
