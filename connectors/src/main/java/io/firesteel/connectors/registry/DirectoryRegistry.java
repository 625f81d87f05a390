package io.firesteel.connectors.registry;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.connectors.registry.RegistryLog.Proposed;
import io.firesteel.engine.registry.Action;
import io.firesteel.engine.registry.AliasChange;
import io.firesteel.engine.registry.AliasState;
import io.firesteel.engine.registry.Change;
import io.firesteel.engine.registry.HistoryEntry;
import io.firesteel.engine.registry.ModelRegistry;
import io.firesteel.engine.registry.ModelVersion;
import io.firesteel.engine.registry.NewVersion;
import io.firesteel.engine.registry.RegistryConflictException;
import io.firesteel.engine.registry.RegistryException;
import io.firesteel.engine.registry.RegistryState;
import io.firesteel.engine.registry.UnknownVersionException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * A registry in a directory on {@code file:}, {@code hdfs:} or {@code s3a:}. {@code versions/} has a directory for each version,
 * which is sealed before the log names it; {@code history/} has the log. Whenever a writer is killed, the registry is as it was
 * before its last change or after it.
 */
public final class DirectoryRegistry implements ModelRegistry {
    private final ArtifactDirectory directory;
    private final RegistryLog log;
    private final VersionDirectories versions;

    DirectoryRegistry(ArtifactDirectory directory, Configuration configuration, String by, Clock clock) {
        this.directory = directory;
        this.log = new RegistryLog(directory.child("history"), by, clock);
        this.versions = new VersionDirectories(directory.child("versions"), configuration, by, clock);
    }

    /**
     * Names a registry, which needn't exist: the first version that is registered makes it.
     *
     * @param location Hadoop path or URI
     * @throws RegistryException if there is no file system for it
     */
    public static DirectoryRegistry open(String location, Configuration configuration) {
        return stored(
                "open registry " + location,
                () -> new DirectoryRegistry(
                        ArtifactDirectory.of(location, configuration),
                        configuration,
                        Caller.name(),
                        Clock.systemUTC()));
    }

    @Override
    public String location() {
        return directory.uri();
    }

    @Override
    public RegistryState state() {
        return stored("read the registry", log::state);
    }

    @Override
    public List<HistoryEntry> history() {
        return stored("read the registry", log::all);
    }

    @Override
    public Optional<HistoryEntry> findEntry(String key) {
        return stored("read the registry", () -> log.find(key));
    }

    @Override
    public ModelVersion version(int number) {
        return files(number).version();
    }

    /**
     * The files of a version.
     *
     * @throws UnknownVersionException if there is none of this number, or no longer
     */
    public VersionFiles files(int number) {
        return resolve(String.valueOf(number));
    }

    /**
     * The files of the version that has an alias now. They stay as long as it has it, and longer: see {@link #prune}.
     *
     * @param aliasOrNumber {@code champion} or {@code 12}
     * @throws UnknownVersionException if there is none
     */
    public VersionFiles resolve(String aliasOrNumber) {
        return stored("read version " + aliasOrNumber, () -> {
            RegistryState state = log.state();
            while (true) {
                int number = numberOf(aliasOrNumber, state);
                try {
                    return versions.open(number, state.versions().get(number));
                } catch (RegistryException | ArtifactException e) {
                    RegistryState since = log.state();
                    if (since.number() == state.number()) {
                        throw e;
                    }
                    // It may have been deleted between the two reads; if so, what is named now is another.
                    state = since;
                }
            }
        });
    }

    /**
     * The number that an alias or a number stands for.
     *
     * @throws UnknownVersionException if there is no such version
     */
    public int numberOf(String aliasOrNumber, RegistryState state) {
        if (!aliasOrNumber.matches("[0-9]{1,9}")) {
            return state.holder(aliasOrNumber)
                    .orElseThrow(() -> new UnknownVersionException("Cannot find version " + aliasOrNumber + " in "
                            + location() + ": no version has this alias (aliases: "
                            + (state.aliases().isEmpty()
                                    ? "none"
                                    : String.join(", ", state.aliases().keySet()))
                            + ")"));
        }
        int number = Integer.parseInt(aliasOrNumber);
        checkKnown("find", number, state);
        return number;
    }

    @Override
    public HistoryEntry register(NewVersion version) {
        return stored("register run " + version.lineage().runId(), () -> {
            Optional<HistoryEntry> done = version.key().flatMap(log::find);
            if (done.isPresent()) {
                return done.get();
            }
            String name = versions.write(version);
            HistoryEntry entry = log.append(
                            version.key(),
                            newest -> Optional.of(new Proposed(
                                    Change.registered(newest.latest() + 1, version), newest.withVersion(name))))
                    .orElseThrow();
            if (!entry.state().versions().containsValue(name)) {
                versions.delete(name);
            }
            return entry;
        });
    }

    @Override
    public HistoryEntry promote(AliasChange change, RegistryState basis) {
        return move(Action.PROMOTE, "promote", change, basis);
    }

    @Override
    public HistoryEntry assign(AliasChange change, RegistryState basis) {
        return move(Action.ALIAS, "name", change, basis);
    }

    @Override
    public HistoryEntry refuse(AliasChange change) {
        return stored(
                "refuse version " + change.version(),
                () -> log.append(change.key(), newest -> {
                            checkKnown("refuse", change.version(), newest);
                            return Optional.of(new Proposed(
                                    Change.of(Action.REFUSE, change, newest.holder(change.alias())),
                                    newest.unchanged()));
                        })
                        .orElseThrow());
    }

    @Override
    public HistoryEntry rollback(String alias, String reason, RegistryState basis) {
        return stored(
                "roll back " + alias,
                () -> log.append(Optional.empty(), newest -> {
                            checkUnmoved("roll back " + alias, alias, basis, newest);
                            int former = formerOf(alias, newest);
                            int holder = newest.holder(alias).orElseThrow();
                            return Optional.of(new Proposed(
                                    Change.rolledBack(alias, former, holder, reason), newest.rolledBack(alias)));
                        })
                        .orElseThrow());
    }

    @Override
    public List<Integer> prune(int keep, String reason) {
        return stored("prune the registry", () -> {
            Optional<HistoryEntry> entry = log.append(Optional.empty(), newest -> {
                List<Integer> superfluous = newest.superfluous(keep);
                return superfluous.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Proposed(Change.deleted(superfluous, reason), newest.without(superfluous)));
            });
            List<HistoryEntry> all = log.all();
            Set<String> current = Set.copyOf(log.state().versions().values());
            Set<String> named = all.stream()
                    .flatMap(earlier -> earlier.state().versions().values().stream())
                    .collect(Collectors.toSet());
            versions.deleteOthers(current, named);
            return entry.map(RegistryHistory::deletedBy).orElse(List.of());
        });
    }

    private HistoryEntry move(Action action, String verb, AliasChange change, RegistryState basis) {
        String what = verb + " version " + change.version();
        return stored(what, () -> {
            Optional<HistoryEntry> moved = log.append(change.key(), newest -> {
                checkKnown(verb, change.version(), newest);
                checkUnmoved(what, change.alias(), basis, newest);
                OptionalInt holder = newest.holder(change.alias());
                if (holder.equals(OptionalInt.of(change.version()))
                        && change.key().isEmpty()) {
                    return Optional.empty();
                }
                RegistryState after = action == Action.PROMOTE
                        ? newest.promoted(change.alias(), change.version())
                        : newest.assigned(change.alias(), change.version());
                return Optional.of(new Proposed(Change.of(action, change, holder), after));
            });
            return moved.orElseGet(() ->
                    log.entry(log.state().alias(change.alias()).orElseThrow().since()));
        });
    }

    private void checkKnown(String verb, int version, RegistryState state) {
        if (state.versions().containsKey(version)) {
            return;
        }
        String why = version >= 1 && version <= state.latest()
                ? RegistryHistory.whyDeleted(version, log.all())
                : "there is no such version (versions: "
                        + (state.versions().isEmpty()
                                ? "none"
                                : state.versions().keySet().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", ")))
                        + ")";
        throw new UnknownVersionException("Cannot " + verb + " version " + version + " in " + location() + ": " + why);
    }

    /** Against the entry that moved it, for it may have gone there and back. */
    private void checkUnmoved(String what, String alias, RegistryState basis, RegistryState newest) {
        Optional<AliasState> now = newest.alias(alias);
        if (Objects.equals(since(basis, alias), since(newest, alias)) || now.isEmpty()) {
            return;
        }
        HistoryEntry other = log.entry(now.get().since());
        throw new RegistryConflictException(
                "Cannot " + what + ": version " + now.get().version() + " became " + alias
                        + " meanwhile (by " + other.by() + " at " + other.at() + ": " + other.reason()
                        + "); look at it and decide again");
    }

    private int formerOf(String alias, RegistryState state) {
        return state.former(alias)
                .orElseThrow(() -> new UnknownVersionException("Cannot roll back " + alias + " in " + location() + ": "
                        + (state.holder(alias).isPresent()
                                ? "version " + state.holder(alias).getAsInt() + " has no former " + alias
                                        + " to go back to"
                                : "no version has this alias")));
    }

    private static Optional<Integer> since(RegistryState state, String alias) {
        return state.alias(alias).map(AliasState::since);
    }

    private static <T> T stored(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (ArtifactException e) {
            throw new RegistryException("Cannot " + what + ": " + e.getMessage(), e);
        }
    }
}
