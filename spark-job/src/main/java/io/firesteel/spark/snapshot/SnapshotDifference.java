package io.firesteel.spark.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has become of data from one snapshot to another.
 *
 * @param granularity of the paths: the coarser one of both
 * @param same whether both are of the same files, unchanged
 * @param added paths that weren't there
 * @param changed paths of another size or modification time; of a directory, other files
 * @param removed paths that are gone
 */
public record SnapshotDifference(
        Granularity granularity, boolean same, List<String> added, List<String> changed, List<String> removed) {
    public SnapshotDifference {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }

    static SnapshotDifference of(DataSnapshot earlier, DataSnapshot now) {
        Granularity granularity = earlier.granularity().coarser(now.granularity());
        Map<String, SnapshotEntry> left = new HashMap<>();
        earlier.entries(granularity).forEach(entry -> left.put(entry.path(), entry));
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (SnapshotEntry entry : now.entries(granularity)) {
            SnapshotEntry before = left.remove(entry.path());
            if (before == null) {
                added.add(entry.path());
            } else if (!before.equals(entry)) {
                changed.add(entry.path());
            }
        }
        return new SnapshotDifference(
                granularity,
                earlier.sha256().equals(now.sha256()),
                added,
                changed,
                left.keySet().stream().sorted().toList());
    }
}
