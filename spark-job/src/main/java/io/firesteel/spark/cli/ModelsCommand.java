package io.firesteel.spark.cli;

import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.spark.RegistryAccess;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firesteel models REGISTRY …}: its commands look at a registry or change it; it does nothing by itself. */
@Command(
        name = "models",
        description = "Looks at a registry of models, promotes and rolls back. Starts no Spark.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ModelsListCommand.class,
            ModelsShowCommand.class,
            ModelsPromoteCommand.class,
            ModelsRollbackCommand.class,
            ModelsHistoryCommand.class,
            ModelsPruneCommand.class,
            ModelsMirrorCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "2:the command line is wrong, or there is no such registry, version or alias (nothing was written)",
            "3:the registry can't be reached, or is damaged",
            "5:not promoted or rolled back, as another has moved the alias meanwhile"
        })
final class ModelsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "REGISTRY", description = "The registry's directory: a path or a Hadoop URI.")
    private String location;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command: expected one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    /** Works with the registry that is named. */
    <T> T with(Function<DirectoryRegistry, T> work) {
        return RegistryAccess.with(location, work);
    }

    /** Prints what a command has found, for people or for programs. */
    int print(Map<String, Object> fields, String text, ModelsOutput output) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(output.json() ? Texts.json(fields) : text);
        out.flush();
        return ExitCode.DONE.code();
    }
}
