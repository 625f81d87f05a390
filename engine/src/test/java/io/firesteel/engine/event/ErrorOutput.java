package io.firesteel.engine.event;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Takes what is written to the error output, where the tests' logger writes, until it is closed. */
public final class ErrorOutput implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private ErrorOutput() {}

    public static ErrorOutput taken() {
        ErrorOutput output = new ErrorOutput();
        System.setErr(new PrintStream(output.written, true, StandardCharsets.UTF_8));
        return output;
    }

    public String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
