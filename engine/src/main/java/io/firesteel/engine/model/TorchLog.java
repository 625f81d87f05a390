package io.firesteel.engine.model;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets libtorch heed the environment variable {@code TORCH_CPP_LOG_LEVEL}: it reads it in its own {@code initLogging}, which
 * Python calls and DJL doesn't. Without it every process greets the terminal with a deprecation warning of libtorch's code.
 */
final class TorchLog {
    private static final Logger LOG = LoggerFactory.getLogger(TorchLog.class);
    private static final String LIBRARY = "/libc10.so";

    /** {@code c10::initLogging()} */
    private static final String INIT_LOGGING = "_ZN3c1011initLoggingEv";

    private static boolean initialized;

    private TorchLog() {}

    /** Once per process; nothing where the library isn't found or has no such function: then libtorch warns as it likes. */
    static synchronized void init() {
        if (!initialized) {
            initialized = true;
            callInitLogging();
        }
    }

    private static void callInitLogging() {
        try {
            Optional<Path> library = loaded();
            if (library.isPresent()) {
                NativeLibrary.getInstance(library.get().toString())
                        .getFunction(INIT_LOGGING)
                        .invokeVoid(new Object[0]);
            }
        } catch (IOException | LinkageError | RuntimeException e) {
            LOG.debug("libtorch keeps its own log level: {}", e.toString());
        }
    }

    /** The file that this process has loaded, by Linux's own account. */
    private static Optional<Path> loaded() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.isReadable(maps)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(maps)) {
            return lines.filter(line -> line.endsWith(LIBRARY))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .findFirst();
        }
    }
}
