package io.firesteel.connectors.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.hadoop.Storage;
import io.firesteel.engine.registry.Action;
import io.firesteel.engine.registry.AliasChange;
import io.firesteel.engine.registry.HistoryEntry;
import io.firesteel.engine.registry.ModelVersion;
import io.firesteel.engine.registry.NewVersion;
import io.firesteel.engine.registry.RegistryConflictException;
import io.firesteel.engine.registry.RegistryException;
import io.firesteel.engine.registry.RegistryState;
import io.firesteel.engine.registry.UnknownVersionException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a registry promises, on a local disk, on HDFS and on S3. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectoryRegistryTest {
    private static final String CHAMPION = "champion";
    private static final int WRITERS = 8;

    @ParameterizedTest
    @EnumSource(Storage.class)
    void versionIsReadAsItWasRegistered(Storage storage) {
        Fixture fixture = new Fixture(storage);
        HistoryEntry entry = fixture.register("r1");
        assertThat(entry.action()).isEqualTo(Action.REGISTER);
        assertThat(entry.number()).isEqualTo(1);
        assertThat(entry.version()).hasValue(1);
        VersionFiles files = fixture.open().files(1);
        ModelVersion version = files.version();
        assertThat(version.lineage()).isEqualTo(TestModels.lineage("r1"));
        assertThat(version.metrics()).containsEntry("validation.auc", 0.75).containsEntry("loss", Double.NaN);
        assertThat(version.by()).isEqualTo(entry.by());
        assertThat(version.parent()).hasValue(1);
        assertThat(files.names())
                .containsExactly("model/model.yaml", "model/weights.safetensors", "statistics.json", "version.json");
        assertThat(files.readAll("model/weights.safetensors")).isEqualTo(TestModels.weights("r1"));
        assertThat(files.readAll("statistics.json")).asString(UTF_8).isEqualTo("{\"rows\": 3}");
        assertThat(files.modelChecksums().keySet()).containsExactly("model.yaml", "weights.safetensors");
        assertThat(files.model().list()).containsExactly("model.yaml", "weights.safetensors");
        files.verify();
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void championIsTheOneThatWasPromotedLast(Storage storage) {
        Fixture fixture = new Fixture(storage);
        fixture.registerMany(3);
        DirectoryRegistry registry = fixture.open();
        registry.promote(AliasChange.of(1, CHAMPION, "first"), registry.state());
        HistoryEntry second = registry.promote(AliasChange.of(3, CHAMPION, "better"), registry.state());
        assertThat(second.previous()).hasValue(1);
        assertThat(fixture.open().resolve(CHAMPION).version().number()).isEqualTo(3);
        HistoryEntry back = fixture.open()
                .rollback(CHAMPION, "it sold bread as fish", fixture.open().state());
        assertThat(back.version()).hasValue(1);
        assertThat(back.previous()).hasValue(3);
        assertThat(registry.resolve(CHAMPION).version().number()).isEqualTo(1);
        assertThat(registry.history())
                .extracting(HistoryEntry::action)
                .containsExactly(
                        Action.REGISTER,
                        Action.REGISTER,
                        Action.REGISTER,
                        Action.PROMOTE,
                        Action.PROMOTE,
                        Action.ROLLBACK);
        assertThat(registry.history()).extracting(HistoryEntry::reason).contains("it sold bread as fish");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void exactlyOneOfManyPromotionsWins(Storage storage) throws Exception {
        Fixture fixture = new Fixture(storage);
        fixture.registerMany(WRITERS);
        RegistryState basis = fixture.open().state();
        List<Future<HistoryEntry>> outcomes = atOnce(writer -> () -> {
            DirectoryRegistry registry = fixture.open();
            return registry.promote(AliasChange.of(writer + 1, CHAMPION, "mine"), basis);
        });
        List<HistoryEntry> won = new ArrayList<>();
        for (Future<HistoryEntry> outcome : outcomes) {
            try {
                won.add(outcome.get());
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(RegistryConflictException.class);
            }
        }
        assertThat(won).hasSize(1);
        DirectoryRegistry registry = fixture.open();
        assertThat(registry.history()).hasSize(WRITERS + 1).last().isEqualTo(won.get(0));
        assertThat(registry.state().holder(CHAMPION)).isEqualTo(won.get(0).version());
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void versionsRegisteredAtOnceAllGetNumbers(Storage storage) throws Exception {
        Fixture fixture = new Fixture(storage);
        List<Future<HistoryEntry>> outcomes = atOnce(writer -> () -> fixture.register("r" + writer));
        List<Integer> numbers = new ArrayList<>();
        for (Future<HistoryEntry> outcome : outcomes) {
            numbers.add(outcome.get().version().getAsInt());
        }
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, WRITERS).boxed().toList());
        DirectoryRegistry registry = fixture.open();
        for (int writer = 0; writer < WRITERS; writer++) {
            VersionFiles files = registry.files(numbers.get(writer));
            assertThat(files.version().runId()).isEqualTo("r" + writer);
            assertThat(files.readAll("model/weights.safetensors")).isEqualTo(TestModels.weights("r" + writer));
        }
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void deedWithAKeyIsDoneOnce(Storage storage) {
        Fixture fixture = new Fixture(storage);
        NewVersion request = TestModels.of("r1", fixture.runs).withKey("2016-03-01/register");
        HistoryEntry first = fixture.open().register(request);
        assertThat(fixture.open().register(request)).isEqualTo(first);
        assertThat(fixture.directory.child("versions").list()).hasSize(1);
        AliasChange change = AliasChange.of(1, CHAMPION, "better").withKey("2016-03-01/decision");
        DirectoryRegistry registry = fixture.open();
        RegistryState basis = registry.state();
        HistoryEntry promoted = registry.promote(change, basis);
        assertThat(fixture.open().promote(change, basis)).isEqualTo(promoted);
        assertThat(fixture.open().findEntry("2016-03-01/decision")).contains(promoted);
        assertThat(fixture.open().findEntry("2016-03-02/decision")).isEmpty();
        assertThat(registry.history()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void superfluousVersionsAreDeletedAndNeededOnesStay(Storage storage) {
        Fixture fixture = new Fixture(storage);
        fixture.registerMany(5);
        DirectoryRegistry registry = fixture.open();
        registry.promote(AliasChange.of(1, CHAMPION, "first"), registry.state());
        registry.promote(AliasChange.of(2, CHAMPION, "second"), registry.state());
        registry.promote(AliasChange.of(3, CHAMPION, "third"), registry.state());
        assertThat(registry.prune(1, "old")).containsExactly(1, 4);
        assertThat(registry.state().versions().keySet()).containsExactly(2, 3, 5);
        assertThat(fixture.directory.child("versions").list())
                .containsExactlyInAnyOrderElementsOf(registry.state().versions().values());
        assertThat(registry.prune(1, "old")).isEmpty();
        assertThat(registry.rollback(CHAMPION, "back", registry.state()).version())
                .hasValue(2);
        registry.resolve(CHAMPION).verify();
        assertThatThrownBy(() -> registry.version(4))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessageMatching("Cannot find version 4 in " + registry.location()
                        + ": it was deleted \\(by .+, process \\d+ at .+Z: old\\)");
        assertThatThrownBy(() -> registry.promote(AliasChange.of(4, CHAMPION, "late"), registry.state()))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessageStartingWith("Cannot promote version 4 in ");
    }

    @Test
    void interruptedDeletionIsFinishedByTheNext() {
        Fixture fixture = new Fixture(Storage.FILE);
        fixture.registerMany(2);
        DirectoryRegistry registry = fixture.open();
        String name = registry.state().versions().get(1);
        registry.prune(1, "old");
        fixture.directory.child("versions").child(name).child("model").write("weights.safetensors", new byte[9]);
        assertThat(fixture.open().prune(1, "old")).isEmpty();
        assertThat(fixture.directory.child("versions").child(name).exists()).isFalse();
        assertThat(registry.history()).hasSize(3);
    }

    @Test
    void whatAKilledWriterLeftIsDeletedWhenItIsOld() {
        Fixture fixture = new Fixture(Storage.FILE);
        fixture.registerMany(1);
        ArtifactDirectory left = fixture.directory.child("versions").child("r9-12345678");
        left.write("model/weights.safetensors", new byte[9]);
        fixture.open().prune(1, "old");
        assertThat(left.exists()).isTrue();
        fixture.at(Instant.now().plusSeconds(90_000)).prune(1, "old");
        assertThat(left.exists()).isFalse();
        fixture.open().files(1).verify();
    }

    @Test
    void promotionOnAnOldBasisNamesTheOther() {
        Fixture fixture = new Fixture(Storage.FILE);
        fixture.registerMany(6);
        RegistryState basis = fixture.open().state();
        Instant time = Instant.parse("2036-11-23T09:00:00Z");
        fixture.at(time).promote(AliasChange.of(6, CHAMPION, "faster"), basis);
        assertThatThrownBy(() -> fixture.open().promote(AliasChange.of(5, CHAMPION, "mine"), basis))
                .isInstanceOf(RegistryConflictException.class)
                .hasMessage("Cannot promote version 5: version 6 became champion meanwhile"
                        + " (by ana@host, process 1 at 2036-11-23T09:00:00Z: faster); look at it and decide again");
        assertThatThrownBy(() -> fixture.open().rollback(CHAMPION, "no", basis))
                .isInstanceOf(RegistryConflictException.class)
                .hasMessageStartingWith("Cannot roll back champion: version 6 became champion meanwhile (by ana@host");
    }

    /** Five was champion when the decision was made, and is again. */
    @Test
    void aliasThatWentThereAndBackHasMoved() {
        Fixture fixture = new Fixture(Storage.FILE);
        fixture.registerMany(3);
        DirectoryRegistry registry = fixture.open();
        registry.promote(AliasChange.of(1, CHAMPION, "first"), registry.state());
        RegistryState basis = registry.state();
        registry.promote(AliasChange.of(2, CHAMPION, "second"), basis);
        registry.rollback(CHAMPION, "back", registry.state());
        assertThatThrownBy(() -> registry.promote(AliasChange.of(3, CHAMPION, "third"), basis))
                .isInstanceOf(RegistryConflictException.class)
                .hasMessageStartingWith("Cannot promote version 3: version 1 became champion meanwhile");
    }

    @Test
    void otherChangesDoNotDisturbAPromotion() {
        Fixture fixture = new Fixture(Storage.FILE);
        fixture.registerMany(2);
        DirectoryRegistry registry = fixture.open();
        RegistryState basis = registry.state();
        fixture.register("other");
        fixture.open()
                .assign(AliasChange.of(2, "candidate", "next"), fixture.open().state());
        registry.promote(AliasChange.of(1, CHAMPION, "first"), basis);
        assertThat(registry.state().aliases().keySet()).containsExactly("candidate", CHAMPION);
        assertThat(registry.resolve("candidate").version().number()).isEqualTo(2);
    }

    @Test
    void promotingTheChampionAgainAddsNothing() {
        Fixture fixture = new Fixture(Storage.FILE);
        fixture.registerMany(1);
        DirectoryRegistry registry = fixture.open();
        HistoryEntry first = registry.promote(AliasChange.of(1, CHAMPION, "first"), registry.state());
        assertThat(registry.promote(AliasChange.of(1, CHAMPION, "again"), registry.state()))
                .isEqualTo(first);
        assertThat(registry.history()).hasSize(2);
    }

    @Test
    void refusalKeepsItsReasonAndDetails() {
        Fixture fixture = new Fixture(Storage.FILE);
        fixture.registerMany(2);
        DirectoryRegistry registry = fixture.open();
        registry.promote(AliasChange.of(1, CHAMPION, "first"), registry.state());
        Map<String, Object> details =
                Map.of("interval", List.of(-0.01, 0.5), "test", Map.of("name", "bootstrap", "resamples", 1000));
        registry.refuse(AliasChange.of(2, CHAMPION, "no better").withDetails(details));
        HistoryEntry read = fixture.open().history().get(3);
        assertThat(read.action()).isEqualTo(Action.REFUSE);
        assertThat(read.version()).hasValue(2);
        assertThat(read.previous()).hasValue(1);
        assertThat(read.reason()).isEqualTo("no better");
        assertThat(read.details()).isEqualTo(details);
        assertThat(registry.state().holder(CHAMPION)).hasValue(1);
    }

    @Test
    void whatIsNotThereIsSaid() {
        Fixture fixture = new Fixture(Storage.FILE);
        DirectoryRegistry empty = fixture.open();
        assertThat(empty.state()).isEqualTo(RegistryState.EMPTY);
        assertThat(empty.history()).isEmpty();
        assertThatThrownBy(() -> empty.resolve(CHAMPION))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessage("Cannot find version champion in " + empty.location()
                        + ": no version has this alias (aliases: none)");
        assertThatThrownBy(() -> empty.version(1))
                .hasMessage(
                        "Cannot find version 1 in " + empty.location() + ": there is no such version (versions: none)");
        assertThatThrownBy(() -> empty.rollback(CHAMPION, "back", empty.state()))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessage("Cannot roll back champion in " + empty.location() + ": no version has this alias");
        fixture.registerMany(2);
        empty.promote(AliasChange.of(2, CHAMPION, "first"), empty.state());
        assertThatThrownBy(() -> empty.rollback(CHAMPION, "back", empty.state()))
                .hasMessage("Cannot roll back champion in " + empty.location()
                        + ": version 2 has no former champion to go back to");
        assertThatThrownBy(() -> empty.refuse(AliasChange.of(7, CHAMPION, "no")))
                .hasMessage("Cannot refuse version 7 in " + empty.location()
                        + ": there is no such version (versions: 1, 2)");
        assertThatThrownBy(() -> empty.resolve("candidate")).hasMessageEndingWith("(aliases: champion)");
    }

    @Test
    void modelWithoutFilesIsRefused() {
        Fixture fixture = new Fixture(Storage.FILE);
        NewVersion request = NewVersion.of(
                TestModels.lineage("r1"), Map.of(), fixture.runs.child("none").uri(), "nightly");
        assertThatThrownBy(() -> fixture.open().register(request))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot register run r1: "
                        + fixture.runs.child("none").uri() + " has no files (expected a model's directory)");
        assertThat(fixture.directory.exists()).isFalse();
    }

    @Test
    void timesOfTheLogNeverGoBack() {
        Fixture fixture = new Fixture(Storage.FILE);
        fixture.registerMany(1);
        Instant fast = Instant.parse("2040-01-01T00:00:00Z");
        fixture.at(fast)
                .promote(AliasChange.of(1, CHAMPION, "first"), fixture.open().state());
        assertThat(fixture.register("r9").at()).isEqualTo(fast);
    }

    @Test
    void missingEntryIsFound() {
        Fixture fixture = new Fixture(Storage.FILE);
        fixture.registerMany(3);
        ArtifactDirectory second = fixture.directory.child("history/0000000002.json");
        second.delete();
        assertThatThrownBy(() -> fixture.open().state())
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot read " + fixture.directory.child("history").uri()
                        + ": entry 2 of the log is missing (expected 1 to 3): restore " + second.uri());
    }

    @Test
    void damagedEntriesAreNamed() {
        Fixture fixture = new Fixture(Storage.FILE);
        fixture.registerMany(1);
        ArtifactDirectory history = fixture.directory.child("history");
        String whole = new String(history.readAll("0000000001.json"), UTF_8);
        String start = "Cannot read " + history.child("0000000001.json").uri() + ": ";
        assertDamaged(fixture, "{\"schema\": ", start + "it isn't JSON (line 1): the file was changed or damaged");
        assertDamaged(fixture, "[]", start + "it holds no JSON object: the file was changed or damaged");
        assertDamaged(
                fixture,
                whole.replace("registry/1", "registry/9"),
                start + "its schema is firesteel.registry/9 (expected firesteel.registry/1):"
                        + " it was written by another Firesteel; use that one");
        assertDamaged(
                fixture,
                whole.replace("\"number\" : 1", "\"number\" : 2"),
                start + "it holds entry 2 (expected 1): the file was changed or damaged");
        assertDamaged(
                fixture,
                whole.replace("\"latest\" : 1", "\"latest\" : \"1\""),
                start + "latest is \"1\" (expected a whole number): the file was changed or damaged");
        assertDamaged(
                fixture,
                whole.replace("\"register\"", "\"invent\""),
                start + "Invalid action: invent (must be one of register, promote, refuse, rollback, alias, delete)"
                        + ": the file was changed or damaged");
        assertDamaged(
                fixture,
                whole.replaceFirst("\"at\" : \"[^\"]+\"", "\"at\" : \"noon\""),
                start + "at is noon (expected a time such as 2026-11-23T09:00:00Z): the file was changed or damaged");
    }

    @Test
    void damagedVersionIsFound() {
        Fixture fixture = new Fixture(Storage.FILE);
        fixture.registerMany(1);
        VersionFiles files = fixture.open().files(1);
        files.model().write("weights.safetensors", new byte[] {1, 2, 3});
        assertThatThrownBy(files::verify)
                .hasMessageStartingWith("Cannot read "
                        + files.model().child("weights.safetensors").uri() + ": its SHA-256 is ");
        assertThatThrownBy(() -> files.readAll("other"))
                .hasMessage("Cannot read other of version 1: it has no such file (expected one of"
                        + " model/model.yaml, model/weights.safetensors, statistics.json, version.json)");
        files.directory().child("SHA256SUMS").delete();
        assertThatThrownBy(() -> fixture.open().files(1))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot read version 1: " + files.directory().uri()
                        + " has no SHA256SUMS: files of the registry were deleted");
    }

    private static void assertDamaged(Fixture fixture, String content, String message) {
        fixture.directory.child("history").write("0000000001.json", content.getBytes(UTF_8));
        assertThatThrownBy(() -> fixture.open().state())
                .isInstanceOf(RegistryException.class)
                .hasMessage(message);
    }

    private static <T> List<Future<T>> atOnce(IntFunction<Callable<T>> work) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        try {
            return writers.invokeAll(IntStream.range(0, WRITERS)
                    .mapToObj(writer -> (Callable<T>) () -> {
                        start.await(30, TimeUnit.SECONDS);
                        return work.apply(writer).call();
                    })
                    .toList());
        } finally {
            writers.shutdownNow();
        }
    }

    /** A registry, and the runs whose models it gets. */
    private static final class Fixture {
        final Storage storage;
        final ArtifactDirectory runs;
        final ArtifactDirectory directory;

        Fixture(Storage storage) {
            this.storage = storage;
            ArtifactDirectory root = storage.emptyDirectory();
            runs = root.child("runs");
            directory = root.child("registry");
        }

        /** One that has read nothing yet. */
        DirectoryRegistry open() {
            return DirectoryRegistry.open(directory.uri(), storage.client());
        }

        DirectoryRegistry at(Instant time) {
            return new DirectoryRegistry(
                    directory, storage.client(), "ana@host, process 1", Clock.fixed(time, ZoneOffset.UTC));
        }

        HistoryEntry register(String runId) {
            return open().register(TestModels.of(runId, runs));
        }

        void registerMany(int count) {
            for (int run = 1; run <= count; run++) {
                register("r" + run);
            }
        }
    }
}
