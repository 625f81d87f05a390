package io.firesteel.engine.comm;

/** How what travels over sockets is protected; all ranks use the same. Memory that two processes share needs none. */
public enum Sealing {
    /** Not at all: TCP's own checksum finds most damage, and the network must be trusted. */
    NONE(0),
    /** A CRC32C for every record, at most 64 KiB: damage is found, a forger isn't. */
    CHECKSUM(1),
    /** AES-256-GCM for every record, with keys derived from the run's secret: nobody else reads or changes a byte unseen. */
    ENCRYPTION(2);

    private final int code;

    Sealing(int code) {
        this.code = code;
    }

    /** What stands for it on the wire. */
    int code() {
        return code;
    }
}
