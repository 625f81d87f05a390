package io.firesteel.spark.config;

import java.util.List;
import java.util.stream.Collectors;

/** A job file, with its overrides, that can't be read; the message lists every problem found, one a line. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final List<Problem> problems;

    ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, by line of the file, then by override; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
