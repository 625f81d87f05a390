package io.firesteel.spark.snapshot;

import io.firesteel.connectors.source.SparkReading;
import io.firesteel.engine.data.DataException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What came since the last success.
 *
 * @param found whether anything did; true where there was no success
 * @param text one sentence, no full stop
 * @param files new or changed ones; 0 where rows are compared
 * @param rows new ones; 0 where files are compared
 * @param watermark the largest value of the column so far; empty where files are compared, or no row has a value
 */
public record NewData(boolean found, String text, long files, long rows, Optional<String> watermark) {
    public NewData {
        Objects.requireNonNull(watermark, "watermark");
        if (text.isBlank()) {
            throw new IllegalArgumentException("Invalid text: blank (must say what is new)");
        }
    }

    /** Files whose paths the last snapshot hasn't: new partitions. Where directories stand for files, those that have changed too. */
    public static NewData byFiles(DataSnapshot now, Optional<DataSnapshot> last) {
        if (now.files() == 0 || last.isEmpty()) {
            return first(now);
        }
        SnapshotDifference difference = now.since(last.get());
        if (difference.granularity() == Granularity.TOTALS) {
            return byTotals(difference, now);
        }
        Set<String> paths = new HashSet<>(difference.added());
        if (difference.granularity() == Granularity.DIRECTORIES) {
            paths.addAll(difference.changed());
        }
        return ofEntries(
                now.entries(difference.granularity()).stream()
                        .filter(entry -> paths.contains(entry.path()))
                        .toList(),
                difference.granularity(),
                "weren't there at the last success");
    }

    /** Files that were written to after the latest of the last snapshot, or at the same time but aren't in it. */
    public static NewData byModificationTime(DataSnapshot now, Optional<DataSnapshot> last) {
        if (now.files() == 0 || last.isEmpty()) {
            return first(now);
        }
        SnapshotDifference difference = now.since(last.get());
        if (difference.granularity() == Granularity.TOTALS) {
            return byTotals(difference, now);
        }
        long latest = last.get().latestModified();
        Set<SnapshotEntry> known = new HashSet<>(last.get().entries(difference.granularity()));
        return ofEntries(
                now.entries(difference.granularity()).stream()
                        .filter(entry ->
                                entry.modified() > latest || (entry.modified() == latest && !known.contains(entry)))
                        .toList(),
                difference.granularity(),
                "were written to since the last success");
    }

    /**
     * Rows whose value of a column is above the last success's largest, by the order of the column's type. One pass over the column.
     *
     * @param last the watermark of the last success, as this class gave it
     * @throws DataException if there is no such column, its type has no order, or {@code last} is no value of it, or rows can't be read
     */
    public static NewData byWatermark(Dataset<Row> rows, String column, Optional<String> last) {
        return SparkReading.of(() -> new Watermark(rows, column).since(last));
    }

    private static NewData first(DataSnapshot now) {
        return now.files() == 0
                ? new NewData(
                        false,
                        "The data has no files, so there are no new ones (a source without files needs newData.by:"
                                + " watermark)",
                        0,
                        0,
                        Optional.empty())
                : new NewData(
                        true,
                        "There is no earlier success, so all is new: " + files(now.files(), now.bytes()),
                        now.files(),
                        0,
                        Optional.empty());
    }

    private static NewData byTotals(SnapshotDifference difference, DataSnapshot now) {
        String text = difference.same()
                ? "Nothing is new: the " + now.files() + " files are those of the last success"
                : "The " + now.files()
                        + " files aren't those of the last success; there are too many to tell which are new";
        return new NewData(!difference.same(), text, difference.same() ? 0 : now.files(), 0, Optional.empty());
    }

    private static NewData ofEntries(List<SnapshotEntry> entries, Granularity granularity, String what) {
        long files = entries.stream().mapToLong(SnapshotEntry::files).sum();
        long bytes = entries.stream().mapToLong(SnapshotEntry::bytes).sum();
        if (entries.isEmpty()) {
            return new NewData(false, "Nothing is new: no files " + what, 0, 0, Optional.empty());
        }
        String where = granularity == Granularity.FILES ? "" : " in directories that have changed";
        String text = files(files, bytes) + where + (files == 1 ? " " + one(what) : " " + what) + ", the first "
                + entries.get(0).path();
        return new NewData(true, text, files, 0, Optional.empty());
    }

    private static String one(String what) {
        return what.replaceFirst("^weren't", "wasn't").replaceFirst("^were", "was");
    }

    private static String files(long files, long bytes) {
        return String.format(Locale.ROOT, "%,d %s (%,d bytes)", files, files == 1 ? "file" : "files", bytes);
    }
}
