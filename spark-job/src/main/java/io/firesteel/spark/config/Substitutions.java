package io.firesteel.spark.config;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code $} with a name in braces stands for in the values of a job file: the names are {@code env.NAME} (a variable
 * of the environment), {@code cwd} and {@code run.date}. A second {@code $} before it keeps the text as it is, with one
 * {@code $} less.
 *
 * @param environment the variables that {@code env.} reaches, usually {@link System#getenv()}
 * @param workingDirectory absolute path or Hadoop URI without a slash at its end, what {@code cwd} stands for
 * @param runDate the day that a run is for, written {@code YYYY-MM-DD}; where it is empty, {@code run.date} is an error
 */
public record Substitutions(Map<String, String> environment, String workingDirectory, Optional<LocalDate> runDate) {
    private static final String OPEN = "${";
    private static final String ESCAPED = "$" + OPEN;
    private static final String ENVIRONMENT = "env.";

    public Substitutions {
        environment = Map.copyOf(environment);
    }

    /** Text that {@link #apply} turns into {@code text}. */
    static String escape(String text) {
        return text.replace(OPEN, ESCAPED);
    }

    /**
     * The text with every name replaced; what was put in isn't looked at again.
     *
     * @throws IllegalArgumentException if a name is unknown or has no value here
     */
    String apply(String text) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
            if (open > at && text.charAt(open - 1) == '$') {
                result.append(text, at, open - 1).append(OPEN);
                at = open + OPEN.length();
            } else {
                int close = closing(text, open);
                result.append(text, at, open).append(value(text.substring(open + OPEN.length(), close)));
                at = close + 1;
            }
        }
        return result.append(text, at, text.length()).toString();
    }

    private static int closing(String text, int open) {
        int close = text.indexOf('}', open);
        if (close < 0) {
            throw new IllegalArgumentException(
                    "Cannot substitute " + text.substring(open) + ": '}' is missing ('$${' stands for a literal '${')");
        }
        return close;
    }

    private String value(String name) {
        if (name.startsWith(ENVIRONMENT)) {
            return variable(name.substring(ENVIRONMENT.length()));
        }
        return switch (name) {
            case "cwd" -> workingDirectory;
            case "run.date" ->
                runDate.map(LocalDate::toString)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Cannot substitute ${run.date}: this run has no date (must be given with --date)"));
            default ->
                throw new IllegalArgumentException("Cannot substitute ${" + name
                        + "}: unknown name (must be one of: env.NAME, cwd, run.date; '$${' stands for a literal '${')");
        };
    }

    private String variable(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Cannot substitute ${env." + name + "}: the environment has no variable " + name);
        }
        return value;
    }
}
