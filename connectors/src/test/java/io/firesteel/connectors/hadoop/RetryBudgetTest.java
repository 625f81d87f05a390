package io.firesteel.connectors.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RetryBudgetTest {
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void whatSucceedsIsDoneOnce() throws IOException {
        assertThat(RetryBudget.start(Duration.ZERO).call(attempts::incrementAndGet))
                .isEqualTo(1);
    }

    @Test
    void whatFailsForGoodIsTriedOnce() {
        assertThatThrownBy(() -> RetryBudget.start(Duration.ofMinutes(1)).run(() -> {
                    attempts.incrementAndGet();
                    throw new FileNotFoundException("f");
                }))
                .isExactlyInstanceOf(FileNotFoundException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void whatPassesIsTriedAgain() throws IOException {
        assertThat(RetryBudget.start(Duration.ofMinutes(1)).call(() -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new ConnectException("refused");
                    }
                    return "done";
                }))
                .isEqualTo("done");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void foreignFailuresAreTriedAgainWhereStorageIsTheirCause() throws Exception {
        assertThat(RetryBudget.start(Duration.ofMinutes(1)).<String>callForeign(() -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new IllegalStateException("job aborted", new ConnectException("refused"));
                    }
                    return "done";
                }))
                .isEqualTo("done");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void damagedFileOfAForeignFailureIsTriedOnce() {
        Exception damaged = new IllegalStateException("job aborted", new EOFException("unexpected end"));
        assertThatThrownBy(() -> RetryBudget.start(Duration.ofMinutes(1)).callForeign(() -> {
                    attempts.incrementAndGet();
                    throw damaged;
                }))
                .isSameAs(damaged);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void budgetOfZeroIsOneAttempt() {
        Configuration configuration = new Configuration(false);
        configuration.set(RetryBudget.KEY, "0");
        assertThatThrownBy(() -> RetryBudget.start(configuration).run(this::refuse))
                .hasMessage("1 attempt in firesteel.storage.retry.budget = 0 ms")
                .hasRootCauseMessage("refused");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void budgetEndsTheAttempts() {
        long start = System.nanoTime();
        assertThatThrownBy(() -> RetryBudget.start(Duration.ofMillis(700)).run(this::refuse))
                .hasMessageMatching("\\d attempts in firesteel\\.storage\\.retry\\.budget = 700 ms");
        assertThat(attempts).hasValueBetween(2, 5);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
    }

    @Test
    void budgetIsInSecondsOrHasAUnit() {
        Configuration configuration = new Configuration(false);
        configuration.set(RetryBudget.KEY, "300ms");
        assertThatThrownBy(() -> RetryBudget.start(configuration).run(this::refuse))
                .hasMessageEndingWith(" = 300 ms");
    }

    @Test
    void negativeBudgetIsRefused() {
        assertThatThrownBy(() -> RetryBudget.start(Duration.ofMillis(-5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid firesteel.storage.retry.budget: -5 ms (must be 0 or more)");
    }

    @Test
    void interruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> RetryBudget.start(Duration.ofMinutes(1)).run(this::refuse))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("interrupted before another attempt");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(attempts).hasValue(1);
    }

    private void refuse() throws IOException {
        attempts.incrementAndGet();
        throw new ConnectException("refused");
    }
}
