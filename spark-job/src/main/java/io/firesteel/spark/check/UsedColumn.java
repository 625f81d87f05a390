package io.firesteel.spark.check;

import java.util.Objects;

/**
 * A column that statistics are made of.
 *
 * @param name in the data
 * @param role what it is to the training
 */
public record UsedColumn(String name, Role role) {
    public UsedColumn {
        if (name.isBlank()) {
            throw new IllegalArgumentException("Invalid name of a column: blank (must name one)");
        }
        Objects.requireNonNull(role, "role");
    }
}
