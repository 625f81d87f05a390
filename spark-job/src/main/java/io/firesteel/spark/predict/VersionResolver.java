package io.firesteel.spark.predict;

import org.apache.hadoop.conf.Configuration;

/** Finds the model that a registry has under a name. */
@FunctionalInterface
public interface VersionResolver {
    /**
     * Finds a version.
     *
     * @param registry path or URI of the registry
     * @param version an alias, or a number
     * @return where its model is, with the checksums of its files
     * @throws io.firesteel.engine.data.DataException if there is no such version
     */
    ModelFiles resolve(String registry, String version, Configuration hadoop);
}
