package io.firesteel.connectors.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.Storage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a lease promises, on a local disk, on HDFS and on S3. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JobLeaseTest {
    private static final int CONTENDERS = 8;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Of another machine, so that only its silence tells that it is gone. */
    private static final ProcessPlace ELSEWHERE = new ProcessPlace("another boot", "pid:[1]", 1, "1");

    @ParameterizedTest
    @EnumSource(Storage.class)
    void leaseIsOnesUntilItIsGivenBack(Storage storage) {
        ArtifactDirectory directory = storage.emptyDirectory();
        JobLease first = acquired(ask(storage, directory, MINUTE));
        LeaseAnswer.Held held = (LeaseAnswer.Held) ask(storage, directory, MINUTE);
        assertThat(held.owner()).isEqualTo(first.owner());
        assertThat(held.expiresIn()).isBetween(Duration.ofSeconds(50), MINUTE);
        first.checkHeld();
        first.close();
        first.close();
        acquired(ask(storage, directory, MINUTE)).close();
        acquired(ask(storage, directory, MINUTE)).close();
        assertThat(directory.list()).doesNotContain("0000000001.json").contains("0000000003.json");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void oneOfManyContendersGetsIt(Storage storage) throws Exception {
        ArtifactDirectory directory = storage.emptyDirectory();
        for (int round = 0; round < 3; round++) {
            List<JobLease> winners = new ArrayList<>();
            for (Future<LeaseAnswer> answer : contend(storage, directory)) {
                if (answer.get() instanceof LeaseAnswer.Acquired acquired) {
                    winners.add(acquired.lease());
                }
            }
            assertThat(winners).hasSize(1);
            winners.get(0).checkHeld();
            winners.get(0).close();
        }
    }

    /** Its clock is years wrong, in either direction, which nobody looks at. */
    @ParameterizedTest
    @EnumSource(Storage.class)
    void silentOwnerLosesItAfterItsTermByTheClockOfTheStorage(Storage storage) {
        ArtifactDirectory directory = storage.emptyDirectory();
        LeaseFiles files = new LeaseFiles(directory);
        Duration term = Duration.ofSeconds(2);
        assertThat(files.publish(1, stranger(Instant.parse("2099-01-01T00:00:00Z"), term)))
                .isTrue();
        long start = System.nanoTime();
        LeaseAnswer answer = ask(storage, directory, MINUTE);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        LeaseAnswer.Held.class,
                        held -> assertThat(held.owner().toString())
                                .isEqualTo("bob@elsewhere, process 1, since 2099-01-01T00:00:00Z"));
        while (answer instanceof LeaseAnswer.Held) {
            answer = ask(storage, directory, MINUTE);
        }
        // S3 tells times in whole seconds.
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(20));
        acquired(answer).close();
    }

    @Test
    void signOfLifeKeepsItFromOthers() {
        ArtifactDirectory directory = Storage.FILE.emptyDirectory();
        LeaseFiles files = new LeaseFiles(directory);
        files.publish(1, stranger(Instant.parse("2001-01-01T00:00:00Z"), Duration.ofSeconds(1)));
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (System.nanoTime() < end) {
            files.beat(1);
            assertThat(ask(Storage.FILE, directory, MINUTE)).isInstanceOf(LeaseAnswer.Held.class);
        }
    }

    @Test
    void ownerGivesSignsOfLifeByItself() {
        ArtifactDirectory directory = Storage.FILE.emptyDirectory();
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        try (JobLease lease = acquired(ask(Storage.FILE, directory, Duration.ofSeconds(1)))) {
            while (System.nanoTime() < end) {
                assertThat(ask(Storage.FILE, directory, MINUTE)).isInstanceOf(LeaseAnswer.Held.class);
            }
            lease.checkHeld();
        }
    }

    @Test
    void ownerWhoseLeaseWentToAnotherIsTold() throws Exception {
        ArtifactDirectory directory = Storage.FILE.emptyDirectory();
        CompletableFuture<LeaseLostException> told = new CompletableFuture<>();
        try (JobLease lease = acquired(ask(Storage.FILE, directory, Duration.ofSeconds(1)))) {
            lease.onLost(told::complete);
            new LeaseFiles(directory).publish(2, stranger(Instant.EPOCH, MINUTE));
            LeaseLostException lost = told.get(20, TimeUnit.SECONDS);
            assertThat(lost)
                    .hasMessage("Cannot go on: the lease " + directory.uri()
                            + " went to bob@elsewhere, process 1, since 1970-01-01T00:00:00Z,"
                            + " as this process gave no sign of life for 1 s");
            assertThatThrownBy(lease::checkHeld).isSameAs(lost);
            CompletableFuture<LeaseLostException> late = new CompletableFuture<>();
            lease.onLost(late::complete);
            assertThat(late).isCompletedWithValue(lost);
        }
        assertThat(directory.list()).doesNotContain("0000000001.end");
        assertThat(ask(Storage.FILE, directory, MINUTE)).isInstanceOf(LeaseAnswer.Held.class);
    }

    /** As if it had slept between looking and publishing, while others came and went. */
    @Test
    void contenderThatSleptDoesNotTakeANumberOfThePast() {
        ArtifactDirectory directory = Storage.FILE.emptyDirectory();
        LeaseFiles files = new LeaseFiles(directory);
        files.publish(5, stranger(Instant.EPOCH, MINUTE));
        files.publish(3, stranger(Instant.EPOCH, Duration.ofMillis(1)));
        assertThat(files.newest()).isEqualTo(5);
        assertThat(ask(Storage.FILE, directory, MINUTE)).isInstanceOf(LeaseAnswer.Held.class);
    }

    @Test
    void unreadableLeaseIsNamed() {
        ArtifactDirectory directory = Storage.FILE.emptyDirectory();
        directory.write("0000000001.json", "{}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ask(Storage.FILE, directory, MINUTE))
                .isInstanceOf(LeaseException.class)
                .hasMessage("Cannot read the lease "
                        + directory.child("0000000001.json").uri()
                        + ": its schema is missing (expected firesteel.lease/1);"
                        + " if no run of the job is under way, delete the file");
    }

    @Test
    void termOfLessThanASecondIsRefused() {
        assertThatThrownBy(() -> ask(Storage.FILE, Storage.FILE.emptyDirectory(), Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid term of a lease: 999 ms (must be 1000 or more)");
    }

    private static List<Future<LeaseAnswer>> contend(Storage storage, ArtifactDirectory directory) throws Exception {
        ExecutorService contenders = Executors.newFixedThreadPool(CONTENDERS);
        CyclicBarrier start = new CyclicBarrier(CONTENDERS);
        try {
            return contenders.invokeAll(IntStream.range(0, CONTENDERS)
                    .mapToObj(contender -> (Callable<LeaseAnswer>) () -> {
                        start.await(30, TimeUnit.SECONDS);
                        return ask(storage, directory, MINUTE);
                    })
                    .toList());
        } finally {
            contenders.shutdownNow();
        }
    }

    private static LeaseAnswer ask(Storage storage, ArtifactDirectory directory, Duration term) {
        return JobLease.acquire(directory.uri(), term, storage.client());
    }

    private static JobLease acquired(LeaseAnswer answer) {
        assertThat(answer).isInstanceOf(LeaseAnswer.Acquired.class);
        return ((LeaseAnswer.Acquired) answer).lease();
    }

    private static LeaseOwner stranger(Instant since, Duration term) {
        return new LeaseOwner("bob", "elsewhere", ELSEWHERE, since, term);
    }
}
