package io.firesteel.connectors.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessPlaceTest {
    private final ProcessPlace here = ProcessPlace.ofThis();

    @Test
    void livingProcessIsNotGone() {
        assertThat(here.isGoneSeenFrom(here)).isFalse();
    }

    @Test
    void numberThatAnotherProcessHasNowIsGone() {
        ProcessPlace before = new ProcessPlace(here.boot(), here.namespace(), here.pid(), "1");
        assertThat(before.isGoneSeenFrom(here)).isTrue();
    }

    @Test
    void endedProcessIsGone() throws IOException, InterruptedException {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        assertThat(new ProcessPlace(here.boot(), here.namespace(), ended.pid(), "1").isGoneSeenFrom(here))
                .isTrue();
    }

    @Test
    void nothingIsKnownOfOtherMachinesContainersOrSystems() {
        assertThat(new ProcessPlace("other", here.namespace(), here.pid(), "1").isGoneSeenFrom(here))
                .isFalse();
        assertThat(new ProcessPlace(here.boot(), "other", here.pid(), "1").isGoneSeenFrom(here))
                .isFalse();
        assertThat(new ProcessPlace("", "", here.pid(), "").isGoneSeenFrom(new ProcessPlace("", "", 1, "")))
                .isFalse();
    }
}
