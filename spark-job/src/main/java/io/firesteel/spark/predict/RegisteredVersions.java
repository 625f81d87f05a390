package io.firesteel.spark.predict;

import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.connectors.registry.VersionFiles;
import io.firesteel.engine.data.DataException;
import io.firesteel.engine.registry.RegistryException;
import org.apache.hadoop.conf.Configuration;

/** Finds models in registries. */
final class RegisteredVersions {
    private RegisteredVersions() {}

    /** See {@link VersionResolver}. */
    static ModelFiles resolve(String registry, String version, Configuration hadoop) {
        try {
            VersionFiles files = DirectoryRegistry.open(registry, hadoop).resolve(version);
            return new ModelFiles(files.model(), files.modelChecksums());
        } catch (RegistryException e) {
            throw new DataException("Cannot load model " + registry + "@" + version + ": " + e.getMessage(), e);
        }
    }
}
