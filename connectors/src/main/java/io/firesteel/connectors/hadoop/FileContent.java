package io.firesteel.connectors.hadoop;

import java.io.IOException;
import java.io.OutputStream;

/** The bytes of a file to be written, however many. */
@FunctionalInterface
public interface FileContent {
    /**
     * Writes all of them, and leaves the stream open. A failure of the storage that may pass makes this be called again, with
     * another stream, so it has to begin at the beginning each time; an exception of its own leaves nothing in the storage.
     */
    void writeTo(OutputStream out) throws IOException;

    /** Bytes in memory. */
    static FileContent of(byte[] bytes) {
        return out -> out.write(bytes);
    }
}
