package io.firesteel.spark.check;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts and how often they came; for a label, classes.
 *
 * @param distinct how many different ones
 * @param counts of the most frequent, at most {@value #MOST}, these first; of equal ones the first by name
 * @param other how often all the others came
 */
public record CategorySummary(long distinct, Map<String, Long> counts, long other) {
    static final int MOST = 100;

    private static final Comparator<Map.Entry<String, Long>> FREQUENT_FIRST =
            Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    public CategorySummary {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        if (distinct < counts.size() || other < 0) {
            throw new IllegalArgumentException("Invalid categories: " + distinct + " distinct ones and " + other
                    + " others (must be at least " + counts.size() + ", and 0 or more)");
        }
    }

    /** Of all there are. */
    static CategorySummary of(Map<String, Long> all) {
        List<Map.Entry<String, Long>> sorted =
                all.entrySet().stream().sorted(FREQUENT_FIRST).toList();
        Map<String, Long> frequent = new LinkedHashMap<>();
        sorted.stream().limit(MOST).forEach(entry -> frequent.put(entry.getKey(), entry.getValue()));
        long other = sorted.stream().skip(MOST).mapToLong(Map.Entry::getValue).sum();
        return new CategorySummary(all.size(), frequent, other);
    }

    /** How many values. */
    public long count() {
        return other + counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
