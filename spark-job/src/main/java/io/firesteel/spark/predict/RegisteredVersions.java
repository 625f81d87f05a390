package io.firesteel.spark.predict;

import io.firesteel.engine.data.DataException;
import org.apache.hadoop.conf.Configuration;

/** Finds models in registries. */
final class RegisteredVersions {
    private RegisteredVersions() {}

    /** See {@link VersionResolver}. */
    static ModelFiles resolve(String registry, String version, Configuration hadoop) {
        throw new DataException("Cannot load model " + registry + "@" + version
                + ": no such directory (expected a model's directory, or that of a run that has ended)");
    }
}
