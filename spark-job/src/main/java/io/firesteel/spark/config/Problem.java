package io.firesteel.spark.config;

import java.io.Serializable;

/**
 * One thing that is wrong with a job file or with an override of it.
 *
 * @param source the file as its reader named it, or the override as it was given: {@code --set train.epochs=0}
 * @param line line in the file, from 1; 0 for an override
 * @param key dotted path of the key, list entries by index; empty where the file as a whole is wrong
 * @param text what is wrong, with the value and what was expected
 */
public record Problem(String source, int line, String key, String text) implements Serializable {
    /** The place, the key and the text, as a line without its end. */
    @Override
    public String toString() {
        boolean keyIsInSource = source.startsWith(KeyOverride.OPTION + key + "=");
        return (line > 0 ? source + ":" + line : source)
                + ": "
                + (key.isEmpty() || keyIsInSource ? "" : key + ": ")
                + text;
    }
}
