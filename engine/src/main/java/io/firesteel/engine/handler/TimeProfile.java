package io.firesteel.engine.handler;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Where the time of a run went.
 *
 * @param rows loading data, the process function, then the events as they fire and after each its handlers as they are called
 */
public record TimeProfile(List<Row> rows) implements Finding {
    private static final String CSV = "time-profile.csv";
    private static final double MILLIS = 1e6;
    private static final double SECONDS = 1e9;

    /** What a row measures. */
    public enum Part {
        /** From GET_BATCH_STARTED to GET_BATCH_COMPLETED. */
        DATA("data"),
        /** The process function. */
        PROCESS("process"),
        /** All handlers of one event. */
        EVENT("event"),
        /** One handler at one event. */
        HANDLER("handler");

        private final String label;

        Part(String label) {
            this.label = label;
        }

        /** The name in tables and files. */
        public String label() {
            return label;
        }
    }

    /**
     * The times of one part.
     *
     * @param part what was measured
     * @param event its event; empty for data and process
     * @param handler its handler; empty but for a handler
     * @param count how often, &gt; 0
     * @param totalNanos sum
     * @param minNanos shortest
     * @param maxNanos longest
     * @param deviationNanos standard deviation of a sample; 0 where there is only one
     */
    public record Row(
            Part part,
            String event,
            String handler,
            long count,
            long totalNanos,
            long minNanos,
            long maxNanos,
            double deviationNanos)
            implements Serializable {
        public Row {
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(event, "event");
            Objects.requireNonNull(handler, "handler");
            Valid.positive("count", count);
        }

        /** Arithmetic mean. */
        public double meanNanos() {
            return totalNanos / (double) count;
        }

        private String line(int events, int handlers) {
            return String.format(
                    Locale.ROOT,
                    "%-7s  %-" + events + "s  %-" + handlers + "s  %9d  %10.3f  %10.4f  %10.4f  %10.4f  %10.4f%n",
                    part.label(),
                    event,
                    handler,
                    count,
                    totalNanos / SECONDS,
                    meanNanos() / MILLIS,
                    minNanos / MILLIS,
                    maxNanos / MILLIS,
                    deviationNanos / MILLIS);
        }

        private String record() {
            return String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%d,%d,%.1f,%d,%d,%.1f\n",
                    part.label(),
                    quoted(event),
                    quoted(handler),
                    count,
                    totalNanos,
                    meanNanos(),
                    minNanos,
                    maxNanos,
                    deviationNanos);
        }

        private static String quoted(String text) {
            boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
        }
    }

    public TimeProfile {
        rows = List.copyOf(rows);
    }

    /** A table for people, with column titles; total in seconds, the others in milliseconds. */
    public String table() {
        int events = width("event", rows.stream().map(Row::event).toList());
        int handlers = width("handler", rows.stream().map(Row::handler).toList());
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%-7s  %-" + events + "s  %-" + handlers + "s  %9s  %10s  %10s  %10s  %10s  %10s%n",
                "part",
                "event",
                "handler",
                "count",
                "total s",
                "mean ms",
                "min ms",
                "max ms",
                "std ms"));
        rows.forEach(row -> table.append(row.line(events, handlers)));
        return table.toString();
    }

    /** Comma-separated values for programs (RFC 4180 with line feeds), with a header; all times in nanoseconds. */
    public String csv() {
        StringBuilder csv =
                new StringBuilder("part,event,handler,count,totalNanos,meanNanos,minNanos,maxNanos,stdNanos\n");
        rows.forEach(row -> csv.append(row.record()));
        return csv.toString();
    }

    @Override
    public Map<String, String> files() {
        return Map.of(CSV, csv());
    }

    @Override
    public String headline() {
        return rows.stream()
                .filter(row -> row.part() == Part.DATA || row.part() == Part.PROCESS)
                .map(row -> String.format(Locale.ROOT, "%s %.3f s", row.part().label(), row.totalNanos() / SECONDS))
                .collect(Collectors.joining(", ", "Time profile: ", ""));
    }

    private static int width(String title, List<String> texts) {
        return texts.stream().mapToInt(String::length).reduce(title.length(), Math::max);
    }
}
