package io.firesteel.connectors.lease;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who has a lease.
 *
 * @param user name of the account
 * @param host name of the machine
 * @param process where on that machine it runs
 * @param since when it took the lease, by the clock of its machine; for people
 * @param term after which it is free if its owner gives no sign of life; longer than 0
 */
public record LeaseOwner(String user, String host, ProcessPlace process, Instant since, Duration term) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String SCHEMA = "firesteel.lease/1";

    public LeaseOwner {
        if (term.isNegative() || term.isZero()) {
            throw new IllegalArgumentException("Invalid term of a lease: " + term.toMillis() + " ms (must be above 0)");
        }
    }

    /** For people: {@code ana@host, process 4711, since 2026-11-23T09:00:00Z}. */
    @Override
    public String toString() {
        return user + "@" + host + ", process " + process.pid() + ", since " + since;
    }

    /**
     * Whether it is known that the owner's process has ended: it ran on this machine since its last start, where processes are seen
     * by the same numbers, under this account, and none of its number and start time is there.
     */
    boolean isGone(LeaseOwner me) {
        return user.equals(me.user) && process.isGoneSeenFrom(me.process);
    }

    byte[] toBytes() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", SCHEMA);
        fields.put("user", user);
        fields.put("host", host);
        fields.put("boot", process.boot());
        fields.put("namespace", process.namespace());
        fields.put("pid", process.pid());
        fields.put("started", process.started());
        fields.put("since", since.toString());
        fields.put("termMillis", term.toMillis());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** @throws LeaseException if it isn't one */
    static LeaseOwner parse(byte[] content, String uri) {
        try {
            JsonNode fields = JSON.readTree(content);
            if (!fields.path("schema").asText().equals(SCHEMA)) {
                throw new IllegalArgumentException(
                        "its schema is " + fields.path("schema").asText("missing") + " (expected " + SCHEMA + ")");
            }
            return new LeaseOwner(
                    fields.path("user").asText(),
                    fields.path("host").asText(),
                    new ProcessPlace(
                            fields.path("boot").asText(),
                            fields.path("namespace").asText(),
                            fields.path("pid").asLong(),
                            fields.path("started").asText()),
                    Instant.parse(fields.path("since").asText()),
                    Duration.ofMillis(fields.path("termMillis").asLong()));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new LeaseException(
                    "Cannot read the lease " + uri + ": " + e.getMessage()
                            + "; if no run of the job is under way, delete the file",
                    e);
        }
    }
}
