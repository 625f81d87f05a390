package io.firesteel.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.handler.TimeProfile.Part;
import io.firesteel.engine.handler.TimeProfile.Row;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TimeProfileTest {
    private static final TimeProfile PROFILE = new TimeProfile(List.of(
            new Row(Part.PROCESS, "", "", 2, 3_000_000_000L, 1_000_000_000L, 2_000_000_000L, 707_106_781.2),
            new Row(Part.EVENT, "EPOCH_COMPLETED", "", 1, 500, 500, 500, 0),
            new Row(Part.HANDLER, "EPOCH_COMPLETED", "the \"best\", of two", 1, 400, 400, 400, 0)));

    @Test
    void theTableHasAlignedColumns() {
        assertThat(PROFILE.table().lines())
                .containsExactly(
                        "part     event            handler                 count     total s     mean ms      min ms"
                                + "      max ms      std ms",
                        "process                                               2       3.000   1500.0000   1000.0000"
                                + "   2000.0000    707.1068",
                        "event    EPOCH_COMPLETED                              1       0.000      0.0005      0.0005"
                                + "      0.0005      0.0000",
                        "handler  EPOCH_COMPLETED  the \"best\", of two          1       0.000      0.0004      0.0004"
                                + "      0.0004      0.0000");
    }

    @Test
    void theFileHasAHeaderAndQuotesWhatNeedsIt() {
        assertThat(PROFILE.csv()).isEqualTo("""
                        part,event,handler,count,totalNanos,meanNanos,minNanos,maxNanos,stdNanos
                        process,,,2,3000000000,1500000000.0,1000000000,2000000000,707106781.2
                        event,EPOCH_COMPLETED,,1,500,500.0,500,500,0.0
                        handler,EPOCH_COMPLETED,"the ""best"", of two",1,400,400.0,400,400,0.0
                        """);
    }

    @Test
    void anEmptyProfileHasTitlesOnly() {
        TimeProfile empty = new TimeProfile(List.of());
        assertThat(empty.table().lines()).hasSize(1);
        assertThat(empty.csv().lines()).hasSize(1);
    }

    @Test
    void statisticsAreThoseOfASample() {
        TimeStatistics statistics = new TimeStatistics();
        for (long nanos : new long[] {2, 4, 4, 4, 5, 5, 7, 9}) {
            statistics.add(nanos);
        }
        Row row = statistics.row(Part.DATA, "", "");

        assertThat(row.count()).isEqualTo(8);
        assertThat(row.totalNanos()).isEqualTo(40);
        assertThat(row.meanNanos()).isEqualTo(5);
        assertThat(row.minNanos()).isEqualTo(2);
        assertThat(row.maxNanos()).isEqualTo(9);
        assertThat(row.deviationNanos()).isCloseTo(Math.sqrt(32.0 / 7), Offset.offset(1e-12));
    }

    @Test
    void aRowOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Row(Part.DATA, "", "", 0, 0, 0, 0, 0))
                .withMessage("Invalid count: 0 (must be > 0)");
    }
}
