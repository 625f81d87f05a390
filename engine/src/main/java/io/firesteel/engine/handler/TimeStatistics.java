package io.firesteel.engine.handler;

/** Times of one part of a run, added one after the other: Welford's algorithm. */
final class TimeStatistics {
    private long count;
    private long total;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private double mean;
    private double squares;

    void add(long nanos) {
        count++;
        total += nanos;
        min = Math.min(min, nanos);
        max = Math.max(max, nanos);
        double distance = nanos - mean;
        mean += distance / count;
        squares += distance * (nanos - mean);
    }

    boolean isEmpty() {
        return count == 0;
    }

    TimeProfile.Row row(TimeProfile.Part part, String event, String handler) {
        double deviation = count < 2 ? 0 : Math.sqrt(squares / (count - 1));
        return new TimeProfile.Row(part, event, handler, count, total, min, max, deviation);
    }
}
