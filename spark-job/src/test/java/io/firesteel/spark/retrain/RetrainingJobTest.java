package io.firesteel.spark.retrain;

import static io.firesteel.spark.retrain.RetrainingFixture.FIRST;
import static io.firesteel.spark.retrain.RetrainingFixture.PROMOTES;
import static io.firesteel.spark.retrain.RetrainingFixture.REFUSES;
import static io.firesteel.spark.retrain.RetrainingFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.connectors.lease.JobLease;
import io.firesteel.connectors.lease.LeaseAnswer;
import io.firesteel.engine.registry.Action;
import io.firesteel.engine.registry.HistoryEntry;
import io.firesteel.spark.RunException;
import io.firesteel.spark.retrain.RetrainingRequest.Wish;
import io.firesteel.spark.verdict.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class RetrainingJobTest {
    @TempDir
    private static Path kept;

    /** Both dates without a kill: made once, for all that are compared with it. */
    private static RetrainingFixture undisturbed;

    @TempDir
    private Path directory;

    private RetrainingFixture runs;

    @BeforeEach
    void writeData() {
        runs = new RetrainingFixture(directory);
    }

    @Test
    void firstCandidateBecomesChampion() {
        DateResult result = runs.job().run(FIRST).get(0);
        assertThat(result.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(result.version()).hasValue(1);
        assertThat(runs.registry().state().holder("champion")).hasValue(1);
        assertThat(runs.registry().files(1).names())
                .contains("model/weights.safetensors", "statistics.json", "data.json");
        assertThat(runs.registry().version(1).lineage().rows()).containsEntry("train", 112L);
        assertThat(runs.verdict("2016-01-20")).contains("\"outcome\" : \"promoted\"", "\"registration\"");
        assertThat(directory.resolve("runs/points/2016-01-20/verdict.html")).isNotEmptyFile();
    }

    @Test
    void dateThatIsDoneIsSkipped() {
        runs.job().run(FIRST);
        List<String> before = runs.history();
        DateResult result = runs.run(FIRST).get(0);
        assertThat(result.outcome()).isEqualTo(Outcome.ALREADY_DONE);
        assertThat(result.reasons())
                .singleElement()
                .asString()
                .startsWith("Version 1 was promoted by run 2016-01-20, ");
        assertThat(runs.history()).isEqualTo(before);
    }

    @Test
    void candidateThatIsNotGoodEnoughIsRefusedWithItsReason() {
        runs.job().run(FIRST);
        DateResult result = runs.job(REFUSES).run(SECOND).get(0);
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.reasons()).isNotEmpty();
        assertThat(runs.registry().state().holder("champion")).hasValue(1);
        HistoryEntry last =
                runs.registry().history().get(runs.registry().history().size() - 1);
        assertThat(last.action()).isEqualTo(Action.REFUSE);
        assertThat(last.version()).hasValue(2);
        assertThat(last.reason()).isEqualTo(String.join("; ", result.reasons()));
        assertThat(last.details()).containsKeys("metric", "values", "improvement");
    }

    @Test
    void betterCandidateTakesThePlaceAndRollbackGivesItBack() {
        runs.job().run(FIRST, SECOND);
        assertThat(runs.registry().state().holder("champion")).hasValue(2);
        runs.registry().rollback("champion", "by hand", runs.registry().state());
        assertThat(runs.registry().state().holder("champion")).hasValue(1);
        DateResult next = runs.run(SECOND.plusDays(1)).get(0);
        assertThat(runs.records().get(0).champion()).isEqualTo(OptionalInt.of(1));
        assertThat(next.version()).hasValue(3);
    }

    /** Whatever step was the last, a second run comes to the end of one that nobody disturbed. */
    @ParameterizedTest
    @EnumSource(Step.class)
    void runThatIsKilledAfterAStepEndsAsIfItHadNotBeen(Step last) {
        if (undisturbed == null) {
            undisturbed = new RetrainingFixture(kept).job();
            undisturbed.run(FIRST, SECOND);
        }
        RetrainingFixture killed = runs.job();
        killed.run(FIRST);
        assertThatExceptionOfType(Killed.class)
                .isThrownBy(() -> killed.run(
                        step -> {
                            if (step == last) {
                                throw new Killed();
                            }
                        },
                        Set.of(),
                        SECOND));
        killed.run(SECOND);
        assertThat(killed.history()).isEqualTo(undisturbed.history());
        assertThat(killed.records()).isEqualTo(undisturbed.records());
        killed.registry().files(2).verify();
    }

    @Test
    void forcedRedoMakesAVersionOfItsOwn() {
        runs.job().run(FIRST);
        DateResult again =
                runs.run(StepListener.NONE, Set.of(Wish.FORCE), FIRST).get(0);
        assertThat(again.version()).hasValue(2);
        assertThat(runs.records())
                .singleElement()
                .extracting(record -> record.run().id())
                .isEqualTo("2016-01-20-2");
        assertThat(directory.resolve("runs/points/2016-01-20-2/report.json")).isRegularFile();
    }

    @Test
    void nothingNewTrainsNothing() {
        runs.job("retrain: {newData: {by: files}}").run(FIRST);
        DateResult result = runs.run(SECOND).get(0);
        assertThat(result.outcome()).isEqualTo(Outcome.NOTHING_NEW);
        assertThat(runs.registry().state().latest()).isEqualTo(1);
        assertThat(directory.resolve("runs/points/2016-01-30")).doesNotExist();
    }

    @Test
    void newRowsByWatermarkTrain() {
        runs.job("retrain: {newData: {by: watermark, column: day}}").run(FIRST);
        assertThat(runs.run(SECOND).get(0).outcome()).isEqualTo(Outcome.PROMOTED);
    }

    @Test
    void changedSchemaStopsBeforeTraining() throws Exception {
        runs.job().run(FIRST);
        Files.writeString(directory.resolve("rows.csv"), RetrainingFixture.rows("a,c,label", 0));
        assertThatThrownBy(
                        () -> runs.job("features: [{columns: [\"a\", \"?\"]}]").run(SECOND))
                .isInstanceOfSatisfying(RunException.class, failure -> {
                    assertThat(failure.fault()).isEqualTo(RunException.Fault.DATA);
                    assertThat(failure).hasMessageContaining("b");
                });
        assertThat(runs.verdict("2016-01-30")).contains("\"outcome\" : \"stopped\"");
        assertThat(runs.registry().state().latest()).isEqualTo(1);
        Files.writeString(directory.resolve("rows.csv"), RetrainingFixture.rows("a,b,label", 0));
        assertThat(runs.job().run(SECOND).get(0).outcome()).isEqualTo(Outcome.PROMOTED);
    }

    @Test
    void fewRowsStopBeforeTraining() {
        assertThatThrownBy(() -> runs.job("checks: {rows: {minimum: 1000}}").run(FIRST))
                .isInstanceOfSatisfying(
                        RunException.class,
                        failure -> assertThat(failure.fault()).isEqualTo(RunException.Fault.DATA));
        assertThat(runs.told()).singleElement().extracting(DateResult::outcome).isEqualTo(Outcome.STOPPED);
        assertThat(directory.resolve("runs/points/registry")).doesNotExist();
    }

    @Test
    void shuffledLabelsAreRefused() throws Exception {
        String strict = "promote: {metric: validation.accuracy, mustImprove: -0.05}";
        runs.job().run(FIRST);
        String shuffled =
                "data: {format: csv, path: rows.csv, options: {header: \"true\", inferSchema: \"true\"}, derive:"
                        + " {label: \"if(day < date'2016-01-25', 1 - label, label)\"}, where: \"day < date'2016-01-25'\","
                        + " validation: {format: csv, path: rows.csv, options: {header: \"true\", inferSchema: \"true\"},"
                        + " where: \"day >= date'2016-01-25' and day < date'2016-01-30'\"}}";
        DateResult result = runs.job(strict, shuffled).run(SECOND).get(0);
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(runs.registry().state().holder("champion")).hasValue(1);
    }

    @Test
    void candidatesAreComparedAndTheBestGoesOn() {
        runs.job(
                        "candidates: [{name: dull, set: {optimizer.learningRate: 1.0e-9}}, {name: keen, set: {train.epochs: 6}}]")
                .run(FIRST);
        assertThat(runs.registry().version(1).runId()).isEqualTo("2016-01-20.keen");
        assertThat(runs.verdict("2016-01-20")).contains("\"dull\"", "\"keen\"");
    }

    @Test
    void warmStartBeginsWithTheChampionsWeights() {
        runs.job("retrain: {start: champion}").run(FIRST, SECOND);
        assertThat(runs.registry().version(1).parent()).isEmpty();
        assertThat(runs.registry().version(2).parent()).hasValue(1);
    }

    @Test
    void baselineIsShownBeside() {
        runs.job("retrain: {baseline: {name: always one, column: one}}", dataWith("one: \"1\""))
                .run(FIRST);
        assertThat(runs.verdict("2016-01-20")).contains("always one");
    }

    @Test
    void jobWithoutHeldOutRowsIsRefused() {
        String data = "data: {format: csv, path: rows.csv, options: {header: \"true\", inferSchema: \"true\"}}";
        assertThatThrownBy(() ->
                        runs.job(data, "promote: {metric: validation.loss}").run(FIRST))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("data.validation");
    }

    @Test
    void rulesOfAnUnknownMetricAreRefusedBeforeTraining() {
        assertThatThrownBy(
                        () -> runs.job("promote: {metric: validation.nothing}").run(FIRST))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("nothing");
        assertThat(directory.resolve("runs/points/2016-01-20")).doesNotExist();
    }

    @Test
    void sliceByAnUnknownColumnIsRefusedBeforeTraining() {
        String rules = "promote: {metric: validation.accuracy, slices: [{by: region}]}";
        assertThatThrownBy(() -> runs.job(rules).run(FIRST))
                .isInstanceOf(RunException.class)
                .hasMessage("Cannot find column region for promote.slices: the held-out rows have day, a, b, label");
        assertThat(directory.resolve("runs/points/2016-01-20/report.json")).doesNotExist();
    }

    @Test
    void hookIsToldOfTheOutcomeAndAFailingOneChangesNothing() throws Exception {
        Path told = directory.resolve("told");
        runs.job("hooks: {onSuccess: {command: [sh, -c, 'echo $FIRESTEEL_OUTCOME $FIRESTEEL_VERSION > " + told
                        + "; exit 1']}}")
                .run(FIRST);
        assertThat(told).hasContent("promoted 1");
        assertThat(runs.warnings()).singleElement().asString().contains("it ended with 1 (expected 0)");
        assertThat(runs.records()).hasSize(1);
    }

    @Test
    void hookIsToldOfAFailure() {
        Path told = directory.resolve("told");
        assertThatThrownBy(() -> runs.job(
                                "checks: {rows: {minimum: 1000}}",
                                "hooks: {onFailure: {command: [sh, -c, 'echo $FIRESTEEL_OUTCOME > " + told + "']}}")
                        .run(FIRST))
                .isInstanceOf(RunException.class);
        assertThat(told).hasContent("stopped");
    }

    @Test
    void runStopsWhereAnotherHoldsTheLease() {
        runs.job();
        String place = runs.storage().child("runs/points/retraining/lease").uri();
        LeaseAnswer answer = JobLease.acquire(place, Duration.ofSeconds(60), new Configuration());
        try (JobLease lease = ((LeaseAnswer.Acquired) answer).lease()) {
            assertThatThrownBy(() -> runs.run(FIRST)).isInstanceOfSatisfying(RunException.class, failure -> {
                assertThat(failure.fault()).isEqualTo(RunException.Fault.LEASE);
                assertThat(failure)
                        .hasMessageStartingWith("Cannot retrain points: another run is at work (" + lease.owner());
            });
        }
        assertThat(runs.run(FIRST).get(0).outcome()).isEqualTo(Outcome.PROMOTED);
    }

    @Test
    void ofTwoAtOnceOneTrains() throws Exception {
        runs.job();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        CompletableFuture<List<DateResult>> one = CompletableFuture.supplyAsync(() -> runs.run(
                step -> {
                    inside.countDown();
                    await(seen);
                },
                Set.of(),
                FIRST));
        await(inside);
        RetrainingFixture other = new RetrainingFixture(directory);
        assertThatThrownBy(() -> other.run(FIRST))
                .isInstanceOfSatisfying(
                        RunException.class,
                        failure -> assertThat(failure.fault()).isEqualTo(RunException.Fault.LEASE));
        seen.countDown();
        assertThat(one.get(60, TimeUnit.SECONDS).get(0).outcome()).isEqualTo(Outcome.PROMOTED);
    }

    @Test
    void backFillStopsAtTheFirstFailure() {
        runs.job();
        assertThatThrownBy(() -> runs.run(FIRST.minusYears(1), FIRST, SECOND)).isInstanceOf(RunException.class);
        assertThat(runs.told()).hasSize(1);
    }

    @Test
    void backFillThatKeepsGoingDoesTheOthers() {
        runs.job();
        assertThatThrownBy(
                        () -> runs.run(StepListener.NONE, Set.of(Wish.KEEP_GOING), FIRST.minusYears(1), FIRST, SECOND))
                .isInstanceOf(RunException.class);
        assertThat(runs.told())
                .extracting(DateResult::outcome)
                .containsExactly(Outcome.STOPPED, Outcome.PROMOTED, Outcome.PROMOTED);
    }

    @Test
    void outputByDateIsRefused() {
        runs.job("output: \"" + directory + "/runs-${run.date}\"");
        assertThatThrownBy(() -> runs.run(FIRST, SECOND))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("take ${run.date} out of output");
    }

    @Test
    void damagedRegistryIsNamed() {
        runs.job(PROMOTES).run(FIRST);
        runs.storage()
                .child("runs/points/registry/history")
                .write("0000000002.json", "{".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> runs.run(SECOND))
                .isInstanceOfSatisfying(
                        RunException.class,
                        failure -> assertThat(failure.fault()).isEqualTo(RunException.Fault.DATA))
                .hasMessageContaining("0000000002.json");
    }

    private String dataWith(String derived) {
        String csv = "format: csv, path: rows.csv, options: {header: \"true\", inferSchema: \"true\"}";
        return "data: {" + csv + ", derive: {" + derived + "}, where: \"day < date_sub(date'${run.date}', 5)\","
                + " validation: {" + csv
                + ", where: \"day >= date_sub(date'${run.date}', 5) and day < date'${run.date}'\"}}";
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new CompletionException("The other hasn't come", null);
            }
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    /** Ends a run as a kill would, as far as a thread can. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }
}
