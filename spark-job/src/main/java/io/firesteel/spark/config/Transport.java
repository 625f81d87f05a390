package io.firesteel.spark.config;

/** What carries the replicas' exchange. */
public enum Transport {
    /** Memory that replicas of one machine share, sockets between machines. */
    AUTO("auto"),
    /** Sockets, also between replicas of one machine. */
    SOCKETS("sockets"),
    /** Spark's driver, for clusters whose executors can't reach each other; slow, for small models. */
    DRIVER("driver");

    private final String label;

    Transport(String label) {
        this.label = label;
    }

    /** The name in job files. */
    public String label() {
        return label;
    }
}
