package io.firesteel.engine.registry;

import java.util.List;

/**
 * Which version an alias names.
 *
 * @param version its holder's number
 * @param since number of the log's entry that made it so
 * @param former earlier holders to which it can be rolled back, oldest first, the next to return to last; without those that it
 *     was rolled back from
 */
public record AliasState(int version, int since, List<Integer> former) {
    public AliasState {
        if (version < 1 || since < 1) {
            throw new IllegalArgumentException("Invalid state of an alias: version " + version + " since entry " + since
                    + " (both must be 1 or more)");
        }
        former = List.copyOf(former);
    }
}
