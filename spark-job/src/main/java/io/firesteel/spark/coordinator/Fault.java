package io.firesteel.spark.coordinator;

import java.io.Serializable;

/** The coordinator's answer where it couldn't do what a message asks: an epoch that can't be written, for example. */
record Fault(String reason) implements Serializable {}
