package io.firesteel.spark.retrain;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.spark.verdict.Verdict;
import java.nio.charset.StandardCharsets;

/** The verdict's files, beside the report of its run. */
final class VerdictFiles {
    private static final String JSON = "verdict.json";
    private static final String PAGE = "verdict.html";

    private final ArtifactDirectory run;

    VerdictFiles(ArtifactDirectory run) {
        this.run = run;
    }

    /**
     * What was written.
     *
     * @param uri of the file for programs
     * @param page URI of the page for people
     * @param json the file for programs
     */
    record Written(String uri, String page, String json) {}

    Written write(Verdict verdict) {
        byte[] json = verdict.toJson();
        run.write(JSON, json);
        run.write(PAGE, verdict.toHtml());
        return new Written(run.child(JSON).uri(), run.child(PAGE).uri(), new String(json, StandardCharsets.UTF_8));
    }
}
