package io.firesteel.spark.cli;

import picocli.CommandLine.Option;

/** How the commands of {@code models} print. */
final class ModelsOutput {
    @Option(names = "--json", description = "Prints JSON, for programs.")
    private boolean json;

    boolean json() {
        return json;
    }
}
