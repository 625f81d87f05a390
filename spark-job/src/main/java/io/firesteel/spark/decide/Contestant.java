package io.firesteel.spark.decide;

import java.io.Serializable;
import java.util.Objects;

/**
 * A model that takes part in a comparison.
 *
 * @param name how people know it, such as {@code version 7}; unlike those of the others
 * @param role what it is compared as
 */
public record Contestant(String name, Role role) implements Serializable {
    /** What a model is compared as. */
    public enum Role {
        /** May take the champion's place. */
        CANDIDATE,
        /** Is in use. */
        CHAMPION,
        /** What any model should beat, such as last week's value. */
        BASELINE
    }

    public Contestant {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
    }

    public static Contestant candidate(String name) {
        return new Contestant(name, Role.CANDIDATE);
    }

    public static Contestant champion(String name) {
        return new Contestant(name, Role.CHAMPION);
    }

    public static Contestant baseline(String name) {
        return new Contestant(name, Role.BASELINE);
    }
}
