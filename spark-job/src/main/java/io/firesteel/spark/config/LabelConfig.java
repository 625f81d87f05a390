package io.firesteel.spark.config;

import io.firesteel.engine.data.ElementType;
import java.util.List;
import java.util.Objects;

/**
 * The label of a row.
 *
 * @param columns names of the columns, at least one
 * @param type element type of the label tensor: int64 for classes, float32 for targets
 */
public record LabelConfig(List<String> columns, ElementType type) {
    public LabelConfig {
        columns = LabelSection.COLUMNS.check(List.copyOf(columns));
        Objects.requireNonNull(type, "type");
    }
}
