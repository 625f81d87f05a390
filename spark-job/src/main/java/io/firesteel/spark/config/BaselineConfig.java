package io.firesteel.spark.config;

/**
 * A prediction that the data holds already, such as last week's value: what any model should beat.
 *
 * @param name how the verdict calls it
 * @param column the prediction's column
 */
public record BaselineConfig(String name, String column) {
    public BaselineConfig {
        BaselineSection.NAME.check(name);
        BaselineSection.COLUMN.check(column);
    }
}
