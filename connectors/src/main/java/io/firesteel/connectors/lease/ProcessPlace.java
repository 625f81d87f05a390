package io.firesteel.connectors.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process, so that another on the same machine can tell whether it is still there: numbers of processes are used again, and a
 * container has its own.
 *
 * @param boot unlike any other start of a machine's kernel; empty if unknown
 * @param namespace in which its number counts; empty if unknown
 * @param pid its number
 * @param started when, in ticks since the machine's start; empty if unknown
 */
public record ProcessPlace(String boot, String namespace, long pid, String started) {
    private static final Path PROC = Path.of("/proc");

    /** This process. */
    static ProcessPlace ofThis() {
        long pid = ProcessHandle.current().pid();
        return new ProcessPlace(readBoot(), readNamespace(), pid, startOf(pid).orElse(""));
    }

    /** Whether another knows that this one has ended. */
    boolean isGoneSeenFrom(ProcessPlace other) {
        boolean seesIt = isKnown() && other.isKnown() && boot.equals(other.boot) && namespace.equals(other.namespace);
        return seesIt && !startOf(pid).equals(Optional.of(started));
    }

    private boolean isKnown() {
        return !boot.isEmpty() && !namespace.isEmpty() && !started.isEmpty();
    }

    private static String readBoot() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String readNamespace() {
        try {
            return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    /** Field 22 of its status, counted behind the name in brackets, which may hold blanks; empty if it is gone or a zombie. */
    private static Optional<String> startOf(long pid) {
        try {
            String status = Files.readString(PROC.resolve(pid + "/stat"));
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
            return fields[0].equals("Z") || fields[0].equals("X") ? Optional.empty() : Optional.of(fields[19]);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
