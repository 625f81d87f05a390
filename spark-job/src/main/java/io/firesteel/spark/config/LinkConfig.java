package io.firesteel.spark.config;

import java.io.Serializable;
import java.util.Objects;

/**
 * How replicas reach each other.
 *
 * @param transport what carries their exchange
 * @param checksum whether what goes over sockets carries checksums of ours, beside TCP's; encryption has its own
 */
public record LinkConfig(Transport transport, boolean checksum) implements Serializable {
    /** What a job file that says nothing gets. */
    public static final LinkConfig DEFAULT = new LinkConfig(Transport.AUTO, false);

    public LinkConfig {
        Objects.requireNonNull(transport, "transport");
    }
}
