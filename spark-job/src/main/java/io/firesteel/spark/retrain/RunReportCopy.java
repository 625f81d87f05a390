package io.firesteel.spark.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.spark.ReportFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A file with the report of the training that a date's candidate comes from, and under {@code retraining} what has become of the
 * candidate. A date without a candidate has this part alone.
 */
final class RunReportCopy {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReportFile file;
    private final Configuration hadoop;

    RunReportCopy(String location, Configuration hadoop) {
        this.file = new ReportFile(location, hadoop);
        this.hadoop = hadoop;
    }

    /** Finds out whether it can be written. */
    void checkWritable() {
        file.checkWritable();
    }

    void write(DateResult date, JobPlace place) {
        ObjectNode report = date.version().isPresent()
                ? report(date.version().getAsInt(), place).orElseGet(JSON::createObjectNode)
                : JSON.createObjectNode();
        ObjectNode retraining = report.putObject("retraining");
        retraining.put("date", date.date().toString());
        retraining.put("outcome", date.outcome().label());
        date.decided().ifPresent(decided -> retraining.put("decided", decided.label()));
        date.version().ifPresent(version -> retraining.put("version", version));
        date.reasons().forEach(retraining.withArray("reasons")::add);
        date.verdict().ifPresent(page -> retraining.put("verdict", page));
        retraining.put("seconds", date.seconds());
        try {
            file.write(JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the report as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Of the run that the version names; empty where that has been cleared away. */
    private Optional<ObjectNode> report(int version, JobPlace place) {
        DirectoryRegistry registry = DirectoryRegistry.open(place.registry(), hadoop);
        if (!registry.state().versions().containsKey(version)) {
            return Optional.empty();
        }
        String run = registry.version(version).runId();
        if (!place.run(run).child("report.json").exists()) {
            return Optional.empty();
        }
        try {
            return Optional.of((ObjectNode) JSON.readTree(place.run(run).readAll("report.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
