package io.firesteel.connectors.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.Checksums;
import io.firesteel.connectors.hadoop.StoredFile;
import io.firesteel.engine.registry.ModelVersion;
import io.firesteel.engine.registry.NewVersion;
import io.firesteel.engine.registry.RegistryException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/** The directories of versions: each is written once, by one who shares it with nobody, and sealed before the log names it. */
final class VersionDirectories {
    private static final String VERSION = "version.json";
    private static final Duration LONGEST_WRITE = Duration.ofDays(1);

    private final ArtifactDirectory parent;
    private final Configuration configuration;
    private final String by;
    private final Clock clock;

    VersionDirectories(ArtifactDirectory parent, Configuration configuration, String by, Clock clock) {
        this.parent = parent;
        this.configuration = configuration;
        this.by = by;
        this.clock = clock;
    }

    /**
     * Copies and seals a version's files.
     *
     * @return the directory's name
     */
    String write(NewVersion request) {
        ArtifactDirectory model = ArtifactDirectory.of(request.model(), configuration);
        List<String> names = model.listFiles();
        if (names.isEmpty()) {
            throw new RegistryException("Cannot register run "
                    + request.lineage().runId() + ": " + model.uri() + " has no files (expected a model's directory)");
        }
        String name = nameFor(request.lineage().runId());
        ArtifactDirectory directory = parent.child(name);
        List<StoredFile> files = new ArrayList<>();
        names.forEach(file -> files.add(copy(model, file, directory)));
        request.documents().forEach((file, text) -> files.add(directory.write(file, text.getBytes(UTF_8))));
        files.add(directory.write(VERSION, VersionJson.toBytes(versionOf(request))));
        directory.seal(files);
        return name;
    }

    /** The files of a version that the log names. */
    VersionFiles open(int number, String name) {
        ArtifactDirectory directory = parent.child(name);
        Checksums checksums = directory
                .checksums()
                .orElseThrow(() -> new RegistryException("Cannot read version " + number + ": " + directory.uri()
                        + " has no SHA256SUMS: files of the registry were deleted"));
        String sum = checksums.sha256().get(VERSION);
        if (sum == null) {
            throw new RegistryException("Cannot read version " + number + ": " + directory.uri()
                    + " names no version.json in its SHA256SUMS: the file was changed or damaged");
        }
        ModelVersion version = VersionJson.parse(
                directory.readVerified(VERSION, sum), directory.child(VERSION).uri(), number, directory.uri());
        return new VersionFiles(version, directory, checksums);
    }

    void delete(String name) {
        parent.child(name).delete();
    }

    /**
     * Deletes what isn't, or will not be, a version's: directories that the log no longer names, and old ones that it never did,
     * as who wrote them was killed.
     *
     * @param current those that the log names
     * @param named all that it ever named
     */
    void deleteOthers(Collection<String> current, Collection<String> named) {
        Set<String> others = new HashSet<>(parent.list());
        others.removeAll(current);
        others.stream()
                .filter(name -> named.contains(name) || isAbandoned(parent.child(name)))
                .forEach(this::delete);
    }

    private boolean isAbandoned(ArtifactDirectory directory) {
        Instant latest = clock.instant().minus(LONGEST_WRITE);
        return directory.lastModified().map(latest::isAfter).orElse(true);
    }

    private static StoredFile copy(ArtifactDirectory from, String name, ArtifactDirectory to) {
        return to.write("model/" + name, out -> {
            try (InputStream in = from.open(name)) {
                in.transferTo(out);
            }
        });
    }

    /** Its number isn't known before the log has it, and isn't in the file. */
    private ModelVersion versionOf(NewVersion request) {
        return new ModelVersion(
                1,
                parent.uri(),
                request.key(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                by,
                request.metrics(),
                request.lineage());
    }

    /** Not the run's name alone: an earlier attempt of the same run, thought dead, may still be writing. */
    private static String nameFor(String runId) {
        return runId.replaceAll("[^A-Za-z0-9._-]", "_") + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }
}
