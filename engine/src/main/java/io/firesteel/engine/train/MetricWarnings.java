package io.firesteel.engine.train;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log why metrics are NaN: of each once, since what rows lack they mostly lack in every epoch. */
final class MetricWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(MetricWarnings.class);

    private final Set<String> told = new HashSet<>();

    /** @param prefix of the metrics' names, such as {@code validation.} */
    void warn(String prefix, MergedMetrics merged) {
        merged.problems().forEach((name, problem) -> {
            if (told.add(prefix + name)) {
                LOG.warn("Metric {}{} is NaN: {}", prefix, name, problem);
            }
        });
    }
}
