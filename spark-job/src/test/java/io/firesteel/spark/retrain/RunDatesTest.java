package io.firesteel.spark.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class RunDatesTest {
    @Test
    void oneDateIsARangeOfOne() {
        assertThat(RunDates.parse("2016-03-01", RunDates.Every.MONTH).list()).containsExactly(LocalDate.of(2016, 3, 1));
    }

    @Test
    void rangeHoldsBothItsEnds() {
        assertThat(RunDates.parse("2016-02-28..2016-03-01", RunDates.Every.DAY).list())
                .containsExactly(LocalDate.of(2016, 2, 28), LocalDate.of(2016, 2, 29), LocalDate.of(2016, 3, 1));
    }

    @Test
    void weeksThatDoNotReachTheEndStopBeforeIt() {
        assertThat(RunDates.parse("2016-03-01..2016-03-14", RunDates.Every.WEEK).list())
                .containsExactly(LocalDate.of(2016, 3, 1), LocalDate.of(2016, 3, 8));
    }

    @Test
    void monthsKeepTheDayWhereTheyHaveIt() {
        assertThat(RunDates.parse("2015-01-31..2015-04-30", RunDates.Every.MONTH)
                        .list())
                .containsExactly(
                        LocalDate.of(2015, 1, 31),
                        LocalDate.of(2015, 2, 28),
                        LocalDate.of(2015, 3, 31),
                        LocalDate.of(2015, 4, 30));
    }

    @Test
    void thirtyMonthsAreThirtyDates() {
        assertThat(RunDates.parse("2013-01-01..2015-06-01", RunDates.Every.MONTH)
                        .list())
                .hasSize(30);
    }

    @Test
    void refusesWhatIsNoDate() {
        for (String text : new String[] {"yesterday", "2016-3-1", "2016-02-30", "2016-03-01..", "..2016-03-01", ""}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RunDates.parse(text, RunDates.Every.DAY))
                    .withMessage("Invalid --date: " + text + " (must be YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD)");
        }
    }

    @Test
    void refusesARangeThatEndsBeforeItBegins() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunDates.parse("2016-03-02..2016-03-01", RunDates.Every.DAY))
                .withMessage("Invalid --date: 2016-03-02..2016-03-01 (must not end before it begins)");
    }

    @Test
    void refusesARangeOfCenturies() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunDates.parse("1016-03-01..2016-03-01", RunDates.Every.WEEK))
                .withMessage("Invalid --date: 1016-03-01..2016-03-01 (must be at most 10000 dates; see --every)");
    }

    @Test
    void refusesAnUnknownStep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunDates.Every.parse("year"))
                .withMessage("Invalid --every: year (must be day, week or month)");
    }
}
