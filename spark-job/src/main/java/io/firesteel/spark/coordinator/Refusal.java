package io.firesteel.spark.coordinator;

import java.io.Serializable;

/** The coordinator's answer to a replica that no longer takes part. */
record Refusal(String reason) implements Serializable {}
