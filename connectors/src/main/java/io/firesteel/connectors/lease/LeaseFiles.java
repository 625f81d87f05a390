package io.firesteel.connectors.lease;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.ArtifactException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A lease's directory. {@code 0000000007.json} says who was the seventh to have it, {@code 0000000007.beat} is written as long as
 * that one lives, and {@code 0000000007.end} when it is done. {@code clock} is what others write to learn the time of the storage.
 * The highest number is the one that counts, and its files are never deleted.
 */
final class LeaseFiles {
    private static final Pattern OWNER = Pattern.compile("[0-9]{10}\\.json");
    private static final Pattern ANY = Pattern.compile("[0-9]{10}\\.[a-z]+");
    private static final String CLOCK = "clock";
    private static final byte[] NOTHING = new byte[] {'\n'};

    private final ArtifactDirectory directory;

    LeaseFiles(ArtifactDirectory directory) {
        this.directory = directory;
    }

    String uri() {
        return directory.uri();
    }

    /** The highest number; 0 before the first. */
    int newest() {
        return directory.list().stream()
                .filter(name -> OWNER.matcher(name).matches())
                .map(LeaseFiles::number)
                .max(Integer::compare)
                .orElse(0);
    }

    /** Who has, or had, the lease of a number; empty if its file has been deleted as an old one. */
    Optional<LeaseOwner> owner(int number) {
        String name = name(number, "json");
        try {
            return Optional.of(LeaseOwner.parse(
                    directory.readAll(name), directory.child(name).uri()));
        } catch (ArtifactException e) {
            if (directory.child(name).exists()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Takes a number; tells whether the lease of this number is the caller's, and not another's. */
    boolean publish(int number, LeaseOwner owner) {
        return directory.publishIfAbsent(name(number, "json"), owner.toBytes());
    }

    boolean hasEnded(int number) {
        return directory.child(name(number, "end")).exists();
    }

    void end(int number) {
        directory.publishIfAbsent(name(number, "end"), NOTHING);
    }

    void beat(int number) {
        directory.write(name(number, "beat"), NOTHING);
    }

    /**
     * How long ago the owner gave its last sign of life, by the clock of the storage alone; empty if its files have been deleted as old
     * ones.
     */
    Optional<Duration> silence(int number) {
        directory.write(CLOCK, NOTHING);
        Optional<Instant> now = directory.child(CLOCK).lastModified();
        Optional<Instant> sign = directory
                .child(name(number, "beat"))
                .lastModified()
                .or(() -> directory.child(name(number, "json")).lastModified());
        return now.flatMap(known -> sign.map(last -> Duration.between(last, known)));
    }

    /** Deletes the files of numbers below one, and what writers that were killed have left. */
    void deleteBelow(int number) {
        List<String> old = directory.list().stream()
                .filter(name -> ANY.matcher(name).matches() && number(name) < number)
                .toList();
        old.forEach(name -> directory.child(name).delete());
        directory.deleteUnfinished(Duration.ofDays(1));
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(0, 10));
    }

    private static String name(int number, String kind) {
        return String.format(Locale.ROOT, "%010d.%s", number, kind);
    }
}
