package io.firesteel.engine.handler;

import java.time.Duration;

/**
 * How much was done in which time. Of several replicas that work side by side {@link #and} makes one: what all of them have done in the
 * time of the slowest.
 *
 * @param amount rows, or whatever is counted; &gt;= 0
 * @param time that it took by the wall clock, not negative
 */
public record Throughput(double amount, Duration time) {
    /** Nothing in no time, which changes no other. */
    public static final Throughput NONE = new Throughput(0, Duration.ZERO);

    private static final double NANOS = 1e9;

    public Throughput {
        Valid.notNegative("amount", amount);
        Valid.check("time", time, !time.isNegative(), ">= 0");
    }

    /** What is done in a second; NaN in no time. */
    public double perSecond() {
        return time.isZero() ? Double.NaN : amount * NANOS / time.toNanos();
    }

    /** Of both replicas: the sum in the longer time. */
    public Throughput and(Throughput other) {
        return new Throughput(amount + other.amount, time.compareTo(other.time) > 0 ? time : other.time);
    }
}
