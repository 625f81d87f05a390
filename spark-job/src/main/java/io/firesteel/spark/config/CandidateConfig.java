package io.firesteel.spark.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A variant of the job.
 *
 * @param name how the verdict calls it
 * @param set paths of keys, as with {@code --set}, and their values as YAML; ordered
 */
public record CandidateConfig(String name, Map<String, String> set) {
    public CandidateConfig {
        CandidateSection.NAME.check(name);
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }

    /** The overrides as they are given on the command line: {@code key=value}. */
    public List<String> overrides() {
        return set.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }
}
