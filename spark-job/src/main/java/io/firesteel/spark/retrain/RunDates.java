package io.firesteel.spark.retrain;

import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The dates that a command is for, in order.
 *
 * @param first the first date
 * @param last no date is later; not before the first
 * @param every from one date to the next; months keep the day of the first date, or end with the month where it is shorter
 */
public record RunDates(LocalDate first, LocalDate last, Every every) {
    private static final String RANGE = "..";

    /** More are a slip of the hand, such as a wrong century. */
    private static final int MAXIMUM = 10_000;

    /** @throws IllegalArgumentException if the last date is before the first, or there are more than 10,000 */
    public RunDates {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException(
                    "Invalid --date: " + first + RANGE + last + " (must not end before it begins)");
        }
        if (first.plus(every.step(MAXIMUM)).compareTo(last) <= 0) {
            throw new IllegalArgumentException("Invalid --date: " + first + RANGE + last + " (must be at most "
                    + MAXIMUM + " dates; see --every)");
        }
    }

    /** How far two dates of a range lie apart. */
    public enum Every {
        DAY(Period.ofDays(1)),
        WEEK(Period.ofWeeks(1)),
        MONTH(Period.ofMonths(1));

        private final Period period;

        Every(Period period) {
            this.period = period;
        }

        /**
         * Reads the word of the command line.
         *
         * @throws IllegalArgumentException if it is none of day, week and month
         */
        public static Every parse(String text) {
            for (Every every : values()) {
                if (every.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return every;
                }
            }
            throw new IllegalArgumentException("Invalid --every: " + text + " (must be day, week or month)");
        }

        private Period step(int count) {
            return period.multipliedBy(count);
        }
    }

    /**
     * Reads a date or a range of dates.
     *
     * @param text {@code YYYY-MM-DD} or {@code YYYY-MM-DD..YYYY-MM-DD}
     * @throws IllegalArgumentException if it is neither
     */
    public static RunDates parse(String text, Every every) {
        int range = text.indexOf(RANGE);
        if (range < 0) {
            LocalDate date = date(text, text);
            return new RunDates(date, date, every);
        }
        return new RunDates(
                date(text.substring(0, range), text), date(text.substring(range + RANGE.length()), text), every);
    }

    /** Every date, at least one, ascending. */
    public List<LocalDate> list() {
        List<LocalDate> dates = new ArrayList<>();
        // Counted from the first: a month that is too short doesn't change the day of those after it.
        for (LocalDate date = first; !date.isAfter(last); date = first.plus(every.step(dates.size()))) {
            dates.add(date);
        }
        return dates;
    }

    private static LocalDate date(String part, String text) {
        try {
            return LocalDate.parse(part);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "Invalid --date: " + text + " (must be YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD)", e);
        }
    }
}
