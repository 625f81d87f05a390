package io.firesteel.engine.registry;

import java.util.List;
import java.util.Optional;

/**
 * Versions of a model, the aliases that name them, and the log of what was done. Any number of processes may use one registry
 * at once: of two that change it, one comes after the other; a change that the other has made senseless ends in an error that
 * says so. Who resolves an alias gets a whole version. Any thread may call; the driver alone does. Every method may throw a
 * {@link RegistryException} for a registry that can't be reached or is damaged.
 */
public interface ModelRegistry {
    /** Where it is: a path or URI. */
    String location();

    /** The registry as it is now; {@link RegistryState#EMPTY} where nothing was ever registered. */
    RegistryState state();

    /** The log, oldest first. */
    List<HistoryEntry> history();

    /** The entry of a deed that was named, if it has been done. */
    Optional<HistoryEntry> findEntry(String key);

    /**
     * What is known of a version.
     *
     * @throws UnknownVersionException if there is none of this number, or no longer
     */
    ModelVersion version(int number);

    /**
     * Makes a version of a model: copies its files, seals them, and only then names them in the log.
     *
     * @return the entry; where the key was in the log already that one, and nothing is changed
     */
    HistoryEntry register(NewVersion version);

    /**
     * Gives an alias to a version because of a decision. Its holder until then can be returned to.
     *
     * @param basis the registry on which the decision was made
     * @return the entry; where the key was in the log already that one, and nothing is changed
     * @throws RegistryConflictException if the alias was moved since
     * @throws UnknownVersionException if there is no such version, or no longer
     */
    HistoryEntry promote(AliasChange change, RegistryState basis);

    /** As {@link #promote}, for a mere name such as {@code candidate}: there is no way back from it. */
    HistoryEntry assign(AliasChange change, RegistryState basis);

    /**
     * Writes down that a version doesn't get an alias, and why.
     *
     * @return the entry; where the key was in the log already that one, and nothing is changed
     * @throws UnknownVersionException if there is no such version, or no longer
     */
    HistoryEntry refuse(AliasChange change);

    /**
     * Gives an alias back to its former holder. Done twice, it goes further back; a version that it went back from isn't returned
     * to.
     *
     * @param basis the registry on which this was decided
     * @throws RegistryConflictException if the alias was moved since
     * @throws UnknownVersionException if nobody has the alias, or nobody had it before
     */
    HistoryEntry rollback(String alias, String reason, RegistryState basis);

    /**
     * Deletes versions that nothing needs: the newest stay, those that aliases name, and those to which they can be rolled back. It
     * finishes what another that was killed has begun.
     *
     * @param keep how many of the newest, and how many former holders of each alias; 1 or more
     * @return the numbers of those that it deleted
     */
    List<Integer> prune(int keep, String reason);
}
