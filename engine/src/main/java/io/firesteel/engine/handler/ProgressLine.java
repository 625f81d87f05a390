package io.firesteel.engine.handler;

import io.firesteel.engine.event.State;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The text of a progress bar: {@code Epoch 2/20 [=====>    ] 47/79, 12.5 it/s, 0:03 left, loss 0.12346}. Knows what is on the line,
 * so that a shorter text wipes it out.
 */
final class ProgressLine {
    private static final int WIDTH = 20;
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    private int onLine;

    /**
     * Text that replaces what is on the line.
     *
     * @param seconds since the epoch began
     * @param iterationsBefore iterations that the epoch had when it was resumed
     */
    String over(State<?, ?> state, double seconds, long iterationsBefore, Map<String, Double> values) {
        StringBuilder text = new StringBuilder("Epoch ").append(state.epoch());
        state.maxEpochs().ifPresent(epochs -> text.append('/').append(epochs));
        appendIterations(text, state.epochIteration(), state.epochLength());
        double perSecond = (state.epochIteration() - iterationsBefore) / Math.max(seconds, 1e-9);
        text.append(String.format(Locale.ROOT, ", %.1f it/s", perSecond));
        appendTimeLeft(text, state, perSecond);
        values.forEach(
                (name, value) -> text.append(", ").append(name).append(' ').append(LineLogger.number(value)));
        return replacing(text.toString());
    }

    /** Text that ends the line, if there is anything on it. */
    String leave() {
        boolean empty = onLine == 0;
        onLine = 0;
        return empty ? "" : System.lineSeparator();
    }

    private static void appendIterations(StringBuilder text, long iteration, OptionalLong length) {
        if (length.isEmpty()) {
            text.append(' ').append(iteration);
            return;
        }
        long of = Math.max(1, length.getAsLong());
        int full = (int) Math.min(WIDTH, iteration * WIDTH / of);
        text.append(" [").append("=".repeat(full));
        if (full < WIDTH) {
            text.append('>').append(" ".repeat(WIDTH - full - 1));
        }
        text.append("] ").append(iteration).append('/').append(of);
    }

    private static void appendTimeLeft(StringBuilder text, State<?, ?> state, double perSecond) {
        long left = state.epochLength().orElse(0) - state.epochIteration();
        if (left > 0 && perSecond > 0) {
            text.append(", ").append(time(Math.round(left / perSecond))).append(" left");
        }
    }

    private static String time(long seconds) {
        String minutes = String.format(Locale.ROOT, "%d:%02d", seconds / MINUTE, seconds % MINUTE);
        return seconds < HOUR
                ? minutes
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE);
    }

    private String replacing(String text) {
        String wiped = "\r" + text + " ".repeat(Math.max(0, onLine - text.length()));
        onLine = text.length();
        return wiped;
    }
}
