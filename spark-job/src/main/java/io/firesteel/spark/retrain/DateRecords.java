package io.firesteel.spark.retrain;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.spark.RunException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The dates of a job that are done: a file each, published where none is, as the last thing that a run does. */
final class DateRecords {
    private static final String ENDING = ".json";
    private static final int DATE_LENGTH = "2016-03-01".length();

    private final ArtifactDirectory directory;

    DateRecords(ArtifactDirectory directory) {
        this.directory = directory;
    }

    /** The record of the last run that did a date; empty if it isn't done. */
    Optional<DateRecord> find(LocalDate date) {
        return latest(names().stream()
                .filter(name -> name.startsWith(date.toString()))
                .toList());
    }

    /**
     * The records of dates before one, the latest of them first, and of each date only the last run's.
     *
     * @param most at most so many
     */
    List<DateRecord> before(LocalDate date, int most) {
        List<DateRecord> found = new ArrayList<>();
        List<String> dates = names().stream()
                .map(name -> name.substring(0, DATE_LENGTH))
                .filter(day -> day.compareTo(date.toString()) < 0)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .limit(most)
                .toList();
        dates.forEach(day -> found.add(find(LocalDate.parse(day)).orElseThrow()));
        return found;
    }

    /** Declares a date done; a record of the same run that is there already stays. */
    void publish(DateRecord record) {
        directory.publishIfAbsent(record.run().id() + ENDING, record.toJson());
    }

    private Optional<DateRecord> latest(List<String> ofOneDate) {
        return ofOneDate.stream()
                .map(this::read)
                .max(Comparator.comparingInt(record -> record.run().attempt()));
    }

    private List<String> names() {
        return directory.list().stream()
                .filter(name -> name.matches("\\d{4}-\\d{2}-\\d{2}(-\\d+)?\\.json"))
                .toList();
    }

    private DateRecord read(String name) {
        try {
            return DateRecord.parse(directory.readAll(name));
        } catch (IllegalArgumentException e) {
            throw new RunException(
                    RunException.Fault.DATA,
                    "Cannot read " + directory.child(name).uri() + ": " + e.getMessage()
                            + "; delete it to have the date done again",
                    e);
        }
    }
}
