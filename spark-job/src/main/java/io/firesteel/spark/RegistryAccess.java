package io.firesteel.spark;

import io.firesteel.connectors.hadoop.ArtifactException;
import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.engine.registry.RegistryConflictException;
import io.firesteel.engine.registry.RegistryException;
import io.firesteel.engine.registry.UnknownVersionException;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * A registry for who only looks at it or moves an alias: no Spark is started, but its settings of file systems hold, which
 * spark-submit has put into system properties.
 */
public final class RegistryAccess {
    private RegistryAccess() {}

    /**
     * Works with a registry that is there.
     *
     * @param location path or Hadoop URI
     * @throws RunException if there is none or no such version, if it can't be reached, or if another has moved the alias
     */
    public static <T> T with(String location, Function<DirectoryRegistry, T> work) {
        try {
            DirectoryRegistry registry =
                    DirectoryRegistry.open(location, SparkHadoopUtil.get().newConfiguration(new SparkConf()));
            if (registry.state().number() == 0) {
                throw new RunException(
                        RunException.Fault.JOB,
                        "Cannot read registry " + registry.location()
                                + ": there is none (expected a directory in which a model was registered)");
            }
            return work.apply(registry);
        } catch (RegistryConflictException e) {
            throw new RunException(RunException.Fault.NOT_PROMOTED, e.getMessage(), e);
        } catch (UnknownVersionException | IllegalArgumentException e) {
            throw new RunException(RunException.Fault.JOB, e.getMessage(), e);
        } catch (RegistryException | ArtifactException e) {
            throw new RunException(RunException.Fault.DATA, e.getMessage(), e);
        }
    }
}
