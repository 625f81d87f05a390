package io.firesteel.connectors.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Owners that are processes of their own. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledOwnerTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path temporary;

    private String location;
    private Process owner;
    private BufferedReader lines;

    @BeforeEach
    void place() {
        location = "file:" + temporary.resolve("lease");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (owner != null) {
            owner.destroyForcibly().waitFor();
        }
    }

    @Test
    void leaseOfAProcessThatWasKilledIsFreeAtOnce() throws Exception {
        start(MINUTE);
        assertThat(ask())
                .isInstanceOfSatisfying(
                        LeaseAnswer.Held.class,
                        held -> assertThat(held.owner().process().pid()).isEqualTo(owner.pid()));
        owner.destroyForcibly().waitFor();
        assertThat(ask())
                .isInstanceOfSatisfying(
                        LeaseAnswer.Acquired.class, taken -> taken.lease().close());
    }

    @Test
    void ownerThatSleptPastItsTermFindsItTaken() throws Exception {
        start(Duration.ofSeconds(1));
        signal("STOP");
        LeaseAnswer answer = ask();
        while (answer instanceof LeaseAnswer.Held) {
            answer = ask();
        }
        signal("CONT");
        assertThat(lines.readLine())
                .isEqualTo("Cannot go on: the lease " + location + " went to "
                        + ((LeaseAnswer.Acquired) answer).lease().owner()
                        + ", as this process gave no sign of life for 1 s");
        ((LeaseAnswer.Acquired) answer).lease().checkHeld();
        ((LeaseAnswer.Acquired) answer).lease().close();
    }

    /** A stopped process is there, however long it takes. */
    @Test
    void stoppedOwnerKeepsItForItsTerm() throws Exception {
        start(MINUTE);
        signal("STOP");
        assertThat(ask()).isInstanceOf(LeaseAnswer.Held.class);
        signal("CONT");
    }

    private void start(Duration term) throws IOException {
        owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledOwnerTest.class.getName(),
                        location,
                        term.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        lines = owner.inputReader(StandardCharsets.UTF_8);
        assertThat(lines.readLine()).isEqualTo("mine");
    }

    private void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(owner.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private LeaseAnswer ask() {
        return JobLease.acquire(location, MINUTE, new Configuration());
    }

    /** The owner: it holds the lease until it is killed or loses it. */
    public static void main(String[] arguments) throws InterruptedException {
        LeaseAnswer answer = JobLease.acquire(arguments[0], Duration.parse(arguments[1]), new Configuration());
        if (answer instanceof LeaseAnswer.Acquired acquired) {
            CountDownLatch over = new CountDownLatch(1);
            acquired.lease().onLost(lost -> {
                System.out.println(lost.getMessage());
                over.countDown();
            });
            System.out.println("mine");
            over.await();
        }
    }
}
