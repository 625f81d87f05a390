package io.firesteel.engine.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Expected values that a script in another language computed, from the resources beside that script. */
final class Facts {
    private Facts() {}

    /** The cells of each line but the header. */
    static List<String[]> read(String name) throws IOException {
        try (InputStream in = Facts.class.getResourceAsStream("/facts/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        }
    }
}
