package io.firesteel.engine.handler;

import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes values as lines of the log, as {@code trainer: epoch 2, iteration 480: train.loss 0.12346, train.accuracy 0.97500}. */
public final class LineLogger implements MetricLogger {
    private static final Logger LOG = LoggerFactory.getLogger(LineLogger.class);

    private final Consumer<String> lines;

    /** Into the program's log, at level INFO. */
    public LineLogger() {
        this(LOG::info);
    }

    /** @param lines where each line goes, without a line break */
    public LineLogger(Consumer<String> lines) {
        this.lines = Objects.requireNonNull(lines, "lines");
    }

    @Override
    public void log(LoggedMetrics metrics) {
        String values = metrics.values().entrySet().stream()
                .map(value -> value.getKey() + " " + number(value.getValue()))
                .collect(Collectors.joining(", "));
        lines.accept(
                metrics.engine() + ": epoch " + metrics.epoch() + ", iteration " + metrics.iteration() + ": " + values);
    }

    /** Five significant digits. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }
}
