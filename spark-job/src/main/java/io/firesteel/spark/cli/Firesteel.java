package io.firesteel.spark.cli;

import io.firesteel.spark.RunException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The main class: {@code spark-submit --class io.firesteel.spark.cli.Firesteel firesteel.jar train JOB.yaml}. */
@Command(
        name = "firesteel",
        description = "Trains PyTorch models inside Apache Spark.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            ModelsCommand.class,
            BenchCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "2:the command line or the job file is wrong (nothing was written)",
            "3:the data is wrong or unreachable",
            "4:training failed or diverged",
            "5:the model wasn't promoted",
            "70:a bug"
        })
public final class Firesteel {
    private static final Logger LOG = LoggerFactory.getLogger(Firesteel.class);

    @Option(names = "--verbose", description = "Prints stack traces.", scope = ScopeType.INHERIT)
    private boolean verbose;

    private Firesteel() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        int code = run(arguments, writer(System.out), writer(System.err));
        // Spark's submit client waits for threads that libraries leave behind; a command that is done is done.
        System.exit(code);
    }

    private static PrintWriter writer(PrintStream stream) {
        // A terminal shows its own encoding.
        return new PrintWriter(stream, true, Charset.defaultCharset());
    }

    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        Firesteel firesteel = new Firesteel();
        return new CommandLine(firesteel)
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Firesteel::reportUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> firesteel.report(failure, command))
                .execute(arguments);
    }

    /** One paragraph, as for any other mistake; the usage is for who asks for it. */
    private static int reportUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr()
                .println(failure.getMessage() + " (see "
                        + command.getCommandSpec().qualifiedName() + " --help)");
        return ExitCode.INVALID_JOB.code();
    }

    /** One paragraph for the user, the stack trace for the log, or for both with {@code --verbose}. */
    private int report(Exception failure, CommandLine command) {
        if (failure instanceof RunException known) {
            LOG.error(
                    "The run has failed: {}{}",
                    known.getMessage(),
                    known.details().map(text -> "\n" + text).orElse(""),
                    known);
            command.getErr().println(known.getMessage());
            if (verbose) {
                known.details()
                        .ifPresentOrElse(command.getErr()::println, () -> known.printStackTrace(command.getErr()));
            }
            return ExitCode.of(known.fault()).code();
        }
        LOG.error("Unexpected failure", failure);
        command.getErr()
                .println("Firesteel has failed unexpectedly, which is a bug: " + failure
                        + " (the log file has the stack trace, as has --verbose)");
        if (verbose) {
            failure.printStackTrace(command.getErr());
        }
        return ExitCode.BUG.code();
    }
}
