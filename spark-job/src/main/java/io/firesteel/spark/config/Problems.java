package io.firesteel.spark.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong while reading goes on. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    void add(Origin origin, String key, String text) {
        found.add(new Problem(origin.source(), origin.line(), key, text));
    }

    int count() {
        return found.size();
    }

    /** Throws what was found, by line, overrides last; does nothing where nothing was. */
    void throwIfAny() {
        if (!found.isEmpty()) {
            Comparator<Problem> fileFirst = Comparator.comparing(problem -> problem.line() == 0);
            throw new ConfigException(found.stream()
                    .sorted(fileFirst.thenComparingInt(Problem::line))
                    .toList());
        }
    }
}
