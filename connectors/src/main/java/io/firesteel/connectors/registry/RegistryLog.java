package io.firesteel.connectors.registry;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.engine.registry.Change;
import io.firesteel.engine.registry.HistoryEntry;
import io.firesteel.engine.registry.RegistryException;
import io.firesteel.engine.registry.RegistryState;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A registry's log: files {@code 0000000001.json} and on, without gaps, each with one entry. Of those who want to add the next one,
 * exactly one publishes it; the others read it and think again. Entries don't change, so each is read once.
 */
final class RegistryLog {
    private static final Pattern NAME = Pattern.compile("[0-9]{10}\\.json");
    private static final int READERS = 8;

    private final ArtifactDirectory directory;
    private final String by;
    private final Clock clock;
    private final Map<Integer, HistoryEntry> read = new ConcurrentHashMap<>();

    RegistryLog(ArtifactDirectory directory, String by, Clock clock) {
        this.directory = directory;
        this.by = by;
        this.clock = clock;
    }

    /** The newest entry; empty before the first. */
    Optional<HistoryEntry> newest() {
        List<Integer> numbers = directory.list().stream()
                .filter(name -> NAME.matcher(name).matches())
                .map(name -> Integer.parseInt(name.substring(0, 10)))
                .toList();
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        int last = numbers.get(numbers.size() - 1);
        if (numbers.size() != last) {
            checkWithoutGaps(numbers, last);
        }
        return Optional.of(entry(last));
    }

    /** The registry as it is now. */
    RegistryState state() {
        return stateAfter(newest());
    }

    /** The log, oldest first. */
    List<HistoryEntry> all() {
        return upTo(newest());
    }

    /** The entry of a deed, if it has been done. */
    Optional<HistoryEntry> find(String key) {
        return find(Optional.of(key), newest());
    }

    /** @throws RegistryException if there is none of this number */
    HistoryEntry entry(int number) {
        HistoryEntry known = read.get(number);
        if (known != null) {
            return known;
        }
        String name = name(number);
        HistoryEntry entry =
                EntryJson.parse(directory.readAll(name), directory.child(name).uri());
        if (entry.number() != number) {
            throw new RegistryException("Cannot read " + directory.child(name).uri() + ": it holds entry "
                    + entry.number() + " (expected " + number + "): the file was changed or damaged");
        }
        read.put(number, entry);
        return entry;
    }

    /**
     * Adds an entry, unless the deed has been done.
     *
     * @param key names the deed
     * @param proposal what to add; asked again when another was faster
     * @return the entry that was added, or the one of this key; empty if nothing was proposed
     */
    Optional<HistoryEntry> append(Optional<String> key, Proposal proposal) {
        Optional<HistoryEntry> newest = newest();
        while (true) {
            Optional<HistoryEntry> done = find(key, newest);
            if (done.isPresent()) {
                return done;
            }
            Optional<Proposed> proposed = proposal.on(stateAfter(newest));
            if (proposed.isEmpty()) {
                return Optional.empty();
            }
            HistoryEntry entry = next(newest, proposed.get());
            String name = name(entry.number());
            if (directory.publishIfAbsent(name, EntryJson.toBytes(entry))) {
                return Optional.of(entry);
            }
            HistoryEntry other = entry(entry.number());
            if (other.id().equals(entry.id())) {
                // Published by an attempt of this very call, whose answer was lost.
                return Optional.of(other);
            }
            newest = Optional.of(other);
        }
    }

    private HistoryEntry next(Optional<HistoryEntry> newest, Proposed proposed) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant before = newest.map(HistoryEntry::at).orElse(now);
        return new HistoryEntry(
                proposed.after().number(),
                UUID.randomUUID().toString(),
                proposed.change(),
                by,
                // So that what was at a time can be told although clocks differ.
                now.isBefore(before) ? before : now,
                proposed.after());
    }

    private Optional<HistoryEntry> find(Optional<String> key, Optional<HistoryEntry> newest) {
        return key.isEmpty()
                ? Optional.empty()
                : upTo(newest).stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    private List<HistoryEntry> upTo(Optional<HistoryEntry> newest) {
        List<Integer> numbers = IntStream.rangeClosed(
                        1, newest.map(HistoryEntry::number).orElse(0))
                .boxed()
                .toList();
        if (!read.keySet().containsAll(numbers)) {
            readAtOnce(numbers);
        }
        return numbers.stream().map(this::entry).toList();
    }

    /** A store takes milliseconds for each, and there may be thousands. */
    private void readAtOnce(List<Integer> numbers) {
        ExecutorService readers = Executors.newFixedThreadPool(Math.min(READERS, numbers.size()));
        try {
            List<Future<?>> reads = new ArrayList<>();
            numbers.forEach(number -> reads.add(readers.submit(() -> entry(number))));
            for (Future<?> entry : reads) {
                entry.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("Cannot read the log", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("Cannot read " + directory.uri() + ": interrupted", e);
        } finally {
            readers.shutdownNow();
        }
    }

    /** A disk's listing may lack what came while it was made, but not what was there before. */
    private void checkWithoutGaps(List<Integer> numbers, int last) {
        Set<Integer> listed = Set.copyOf(numbers);
        for (int number = 1; number <= last; number++) {
            ArtifactDirectory file = directory.child(name(number));
            if (!listed.contains(number) && !file.exists()) {
                throw new RegistryException("Cannot read " + directory.uri() + ": entry " + number
                        + " of the log is missing (expected 1 to " + last + "): restore " + file.uri());
            }
        }
    }

    private static RegistryState stateAfter(Optional<HistoryEntry> newest) {
        return newest.map(HistoryEntry::state).orElse(RegistryState.EMPTY);
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "%010d.json", number);
    }

    /** What to do, as things stand. */
    @FunctionalInterface
    interface Proposal {
        /** The change to make; empty for none. */
        Optional<Proposed> on(RegistryState newest);
    }

    /**
     * An entry to be.
     *
     * @param change what is done
     * @param after the registry after it
     */
    record Proposed(Change change, RegistryState after) {}
}
