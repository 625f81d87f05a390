package io.firesteel.engine.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A registry after one of its log's entries: what its aliases name and which versions there are. What follows from a state by a
 * change is the state after the next entry.
 *
 * @param number of the entry; 0 before the first
 * @param aliases by their names
 * @param versions the name of each version's directory, by number
 * @param latest the highest number that a version ever had; numbers aren't used again
 */
public record RegistryState(
        int number, SortedMap<String, AliasState> aliases, SortedMap<Integer, String> versions, int latest) {
    /** That of a registry in which nothing has happened. */
    public static final RegistryState EMPTY = new RegistryState(0, new TreeMap<>(), new TreeMap<>(), 0);

    public RegistryState {
        aliases = Collections.unmodifiableSortedMap(new TreeMap<>(aliases));
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
        if (number < 0 || (!versions.isEmpty() && (versions.firstKey() < 1 || versions.lastKey() > latest))) {
            throw new IllegalArgumentException("Invalid state after entry " + number + ": versions " + versions.keySet()
                    + " (must be from 1 to " + latest + ")");
        }
        for (Map.Entry<String, AliasState> alias : aliases.entrySet()) {
            Alias.checked(alias.getKey());
            checkKnown(versions.keySet(), alias.getKey(), alias.getValue());
        }
    }

    /** The version that an alias names; none if nobody has it. */
    public OptionalInt holder(String alias) {
        AliasState state = aliases.get(alias);
        return state == null ? OptionalInt.empty() : OptionalInt.of(state.version());
    }

    /** What an alias names and since when; empty if nobody has it. */
    public Optional<AliasState> alias(String name) {
        return Optional.ofNullable(aliases.get(name));
    }

    /** The aliases that a version has, sorted. */
    public List<String> aliasesOf(int version) {
        return aliases.entrySet().stream()
                .filter(alias -> alias.getValue().version() == version)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** With one more version, numbered {@code latest + 1}. */
    public RegistryState withVersion(String directory) {
        SortedMap<Integer, String> more = new TreeMap<>(versions);
        more.put(latest + 1, directory);
        return new RegistryState(number + 1, aliases, more, latest + 1);
    }

    /** The alias moves; its holder joins those to whom it can be rolled back. */
    public RegistryState promoted(String alias, int version) {
        List<Integer> former = new ArrayList<>();
        alias(alias).ifPresent(state -> {
            former.addAll(state.former());
            if (state.version() != version) {
                former.add(state.version());
            }
        });
        return with(alias, version, former);
    }

    /** The alias moves, as a mere name: to whom it could be rolled back stays as it is. */
    public RegistryState assigned(String alias, int version) {
        return with(alias, version, alias(alias).map(AliasState::former).orElse(List.of()));
    }

    /** Nothing moves. */
    public RegistryState unchanged() {
        return new RegistryState(number + 1, aliases, versions, latest);
    }

    /** The version to which an alias would be rolled back; none if it has had no other. */
    public OptionalInt former(String alias) {
        List<Integer> former = alias(alias).map(AliasState::former).orElse(List.of());
        return former.isEmpty() ? OptionalInt.empty() : OptionalInt.of(former.get(former.size() - 1));
    }

    /**
     * The alias goes back to its former holder; the one that it leaves isn't returned to.
     *
     * @throws IllegalStateException if there is none
     */
    public RegistryState rolledBack(String alias) {
        if (former(alias).isEmpty()) {
            throw new IllegalStateException("Cannot roll back " + alias + ": it has had no other holder");
        }
        List<Integer> former = aliases.get(alias).former();
        return with(alias, former.get(former.size() - 1), former.subList(0, former.size() - 1));
    }

    /**
     * The versions that nothing needs: neither are they among the newest, nor has an alias named them lately.
     *
     * @param keep how many of the newest to keep, and how many former holders of each alias, so that it can be rolled back as
     *     often; 1 or more
     */
    public List<Integer> superfluous(int keep) {
        if (keep < 1) {
            throw new IllegalArgumentException("Invalid keep: " + keep + " (must be 1 or more)");
        }
        Set<Integer> needed = new TreeSet<>();
        aliases.values().forEach(alias -> {
            needed.add(alias.version());
            needed.addAll(last(alias.former(), keep));
        });
        needed.addAll(last(List.copyOf(versions.keySet()), keep));
        return versions.keySet().stream()
                .filter(version -> !needed.contains(version))
                .toList();
    }

    /** Without some versions, which no alias may name. */
    public RegistryState without(Collection<Integer> deleted) {
        SortedMap<Integer, String> left = new TreeMap<>(versions);
        left.keySet().removeAll(deleted);
        SortedMap<String, AliasState> kept = new TreeMap<>();
        aliases.forEach((name, alias) -> kept.put(
                name,
                new AliasState(
                        alias.version(),
                        alias.since(),
                        alias.former().stream().filter(left::containsKey).toList())));
        return new RegistryState(number + 1, kept, left, latest);
    }

    private RegistryState with(String alias, int version, List<Integer> former) {
        SortedMap<String, AliasState> moved = new TreeMap<>(aliases);
        moved.put(alias, new AliasState(version, number + 1, former));
        return new RegistryState(number + 1, moved, versions, latest);
    }

    private static List<Integer> last(List<Integer> numbers, int count) {
        return numbers.subList(Math.max(0, numbers.size() - count), numbers.size());
    }

    private static void checkKnown(Set<Integer> versions, String name, AliasState alias) {
        Set<Integer> unknown = new TreeSet<>(alias.former());
        unknown.add(alias.version());
        unknown.removeAll(versions);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Invalid alias " + name + ": version "
                    + unknown.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + " isn't there (must be one of " + versions + ")");
        }
    }
}
