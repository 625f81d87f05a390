package io.firesteel.spark.config;

/**
 * The sample weight: how much a row counts in the loss and in metrics.
 *
 * @param column name of a numeric column, values &gt;= 0
 */
public record WeightConfig(String column) {
    public WeightConfig {
        WeightSection.COLUMN.check(column);
    }
}
