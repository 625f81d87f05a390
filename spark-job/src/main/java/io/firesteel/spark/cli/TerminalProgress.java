package io.firesteel.spark.cli;

import io.firesteel.engine.handler.Finding;
import io.firesteel.engine.train.Coordination;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.spark.coordinator.Member;
import io.firesteel.spark.coordinator.Membership;
import io.firesteel.spark.coordinator.ReplicaFailure;
import io.firesteel.spark.coordinator.RunListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows a run: on a terminal a bar that each epoch turns into a line, elsewhere the lines alone. */
final class TerminalProgress implements RunListener, AutoCloseable {
    private static final int BAR_WIDTH = 24;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private boolean barShown;

    TerminalProgress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Shows bars if the launcher has found a terminal. */
    static TerminalProgress on(PrintWriter out) {
        return new TerminalProgress(out, Boolean.getBoolean("firesteel.terminal"));
    }

    @Override
    public synchronized void started(int attempt) {
        if (attempt > 0) {
            line("restart " + attempt + ": an executor was lost, Spark starts the replicas again");
        }
    }

    @Override
    public synchronized void joined(int attempt, Membership membership) {
        String devices =
                membership.members().stream().map(Member::device).distinct().collect(Collectors.joining(", "));
        if (membership.training().rows() == 0) {
            return; // The run fails for it, and says so.
        }
        line(count(membership.members().size(), "replica") + " on " + devices + ", "
                + count(membership.shards().size(), "shard") + ", "
                + count(membership.training().rows(), "training row") + ", "
                + count(membership.validationRows(), "validation row"));
    }

    @Override
    public synchronized void progress(Coordination.Progress progress) {
        if (terminal) {
            double share = (double) progress.iteration() / progress.iterations();
            int filled = (int) (share * BAR_WIDTH);
            long left = progress.iterations() - progress.iteration();
            out.print(ERASE_LINE
                    + String.format(
                            Locale.ROOT,
                            "epoch %d [%s%s] %d/%d  loss %.4f  %,.0f samples/s  %s left",
                            progress.epoch(),
                            "#".repeat(filled),
                            ".".repeat(BAR_WIDTH - filled),
                            progress.iteration(),
                            progress.iterations(),
                            progress.loss(),
                            progress.rowsPerSecond(),
                            time(left * progress.secondsPerIteration())));
            out.flush();
            barShown = true;
        }
    }

    @Override
    public synchronized void epochCompleted(EpochRecord epoch) {
        line(String.format(
                Locale.ROOT, "epoch %d  %s  %.2f s", epoch.epoch(), values(epoch.metrics()), epoch.seconds()));
    }

    @Override
    public synchronized void found(Finding finding) {
        line(finding.headline());
    }

    @Override
    public synchronized void failed(int attempt, ReplicaFailure failure) {
        if (failure.kind() == ReplicaFailure.Kind.PEER_LOST) {
            line("rank " + failure.rank() + " on " + failure.host()
                    + " has lost another: waiting for Spark to start the replicas again");
        }
    }

    @Override
    public synchronized void close() {
        eraseBar();
    }

    private void line(String text) {
        eraseBar();
        out.println(text);
        out.flush();
    }

    private void eraseBar() {
        if (barShown) {
            out.print(ERASE_LINE);
            barShown = false;
        }
    }

    private static String values(Map<String, Double> metrics) {
        return metrics.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %.4f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("  "));
    }

    private static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
