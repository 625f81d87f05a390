package io.firesteel.spark.cli;

import io.firesteel.spark.coordinator.RunListener;
import io.firesteel.spark.retrain.DateResult;
import io.firesteel.spark.retrain.RetrainingListener;
import io.firesteel.spark.verdict.Outcome;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Locale;

/** Shows a retraining: of one date how the training goes and the reasons of the outcome, of several a line each. */
final class RetrainingProgress implements RetrainingListener, AutoCloseable {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean single;
    private final TerminalProgress progress;

    /** @param dates how many there are */
    RetrainingProgress(PrintWriter out, PrintWriter err, int dates) {
        this.out = out;
        this.err = err;
        this.single = dates == 1;
        this.progress = TerminalProgress.on(err);
    }

    /** To be told of trainings. */
    RunListener training() {
        return single ? progress : RunListener.of();
    }

    @Override
    public void began(LocalDate date) {
        // Its end says enough.
    }

    @Override
    public void warned(String text) {
        progress.close();
        err.println("Warning: " + text);
        err.flush();
    }

    @Override
    public void ended(DateResult result) {
        progress.close();
        if (single && (result.outcome() == Outcome.FAILED || result.outcome() == Outcome.STOPPED)) {
            return; // The command ends with the reason.
        }
        out.print(single ? paragraph(result) : line(result));
        out.flush();
    }

    @Override
    public void close() {
        progress.close();
    }

    private static String line(DateResult result) {
        return String.format(
                Locale.ROOT,
                "%s  %-12s %-11s %6.1f s  %s%n",
                result.date(),
                words(result.outcome()),
                result.version().isPresent() ? "version " + result.version().getAsInt() : "",
                result.seconds(),
                String.join("; ", result.reasons()));
    }

    private static String paragraph(DateResult result) {
        StringBuilder text = new StringBuilder();
        text.append(result.date()).append(": ").append(words(result.outcome()));
        if (result.version().isPresent()) {
            text.append(", version ").append(result.version().getAsInt());
        }
        text.append(System.lineSeparator());
        result.reasons().forEach(reason -> text.append("  ").append(reason).append(System.lineSeparator()));
        result.verdict().ifPresent(page -> text.append("verdict  ").append(page).append(System.lineSeparator()));
        return text.toString();
    }

    /** {@code nothing new} for {@code nothingNew}. */
    private static String words(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
