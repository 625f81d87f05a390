package io.firesteel.spark.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the job jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Firesteel.class.getPackage().getImplementationVersion();
        return new String[] {"firesteel " + (version == null ? "(not packaged)" : version)};
    }
}
