package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firesteel.connectors.registry.DirectoryRegistry;
import io.firesteel.engine.registry.AliasChange;
import io.firesteel.engine.registry.HistoryEntry;
import io.firesteel.engine.registry.Lineage;
import io.firesteel.engine.registry.NewVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A registry with three versions, from the command line. */
@Timeout(120)
class ModelsCommandTest {
    private static final String BY = "by hand";

    @TempDir
    private Path temporary;

    private String location;
    private DirectoryRegistry registry;

    @BeforeEach
    void register() throws IOException {
        location = temporary.resolve("registry").toString();
        registry = DirectoryRegistry.open(location, new Configuration());
        for (int run = 1; run <= 3; run++) {
            Path model = Files.createDirectories(temporary.resolve("r" + run));
            Files.writeString(model.resolve("weights.safetensors"), "weights " + run);
            Lineage lineage =
                    Lineage.of("r" + run, Map.of("train", 1438L, "validation", 359L), "0.1.0", "a".repeat(64));
            Map<String, Double> metrics = Map.of("train.loss", 0.25, "validation.accuracy", 0.9 + run / 100.0);
            registry.register(NewVersion.of(lineage, metrics, model.toString(), "nightly"));
        }
    }

    @Test
    void promotedVersionIsListedAsChampion() {
        assertThat(models("promote", "2", "--reason", "first").done().out())
                .isEqualTo("version 2 is champion now (entry 4)\n");
        List<String> lines = models("list").done().out().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).split(" +", -1)).containsExactly("version", "aliases", "created", "run", "metrics");
        assertThat(lines.get(1)).matches("1 {18}\\S+Z +r1 +validation.accuracy 0.9100, train.loss 0.2500");
        assertThat(lines.get(2)).matches("2 {8}champion {2}\\S+Z +r2 +validation.accuracy 0.9200, train.loss 0.2500");
        JsonNode json = json("list", "--json");
        assertThat(json.get("versions")).hasSize(3);
        assertThat(json.get("versions").get(1).get("aliases").get(0).asText()).isEqualTo("champion");
        assertThat(json.get("versions")
                        .get(2)
                        .get("metrics")
                        .get("validation.accuracy")
                        .asDouble())
                .isEqualTo(0.93);
    }

    @Test
    void promotingTwiceSaysSo() {
        models("promote", "2").done();
        assertThat(models("promote", "2").done().out()).isEqualTo("version 2 is champion already, since entry 4\n");
    }

    @Test
    void otherAliasesAndVersionsByAliasWork() {
        models("promote", "3", "--alias", "candidate").done();
        assertThat(models("promote", "candidate", "--reason", "tried").done().out())
                .isEqualTo("version 3 is champion now (entry 5)\n");
        assertThat(registry.state().aliasesOf(3)).containsExactly("candidate", "champion");
    }

    @Test
    void rollbackRestoresTheFormerChampion() {
        models("promote", "1").done();
        models("promote", "3").done();
        assertThat(models("rollback", "--reason", "sells too much").done().out())
                .isEqualTo("version 1 is champion again, in place of 3 (entry 6)\n");
        assertThat(models("rollback"))
                .isEqualTo(new TrainingRuns.Ended(
                        2,
                        "",
                        "Cannot roll back champion in " + registry.location()
                                + ": version 1 has no former champion to go back to\n"));
    }

    @Test
    void versionIsShownWithWhatBecameOfIt() {
        models("promote", "2", "--reason", "first").done();
        List<String> lines =
                models("show", "champion", "--verify").done().out().lines().toList();
        assertThat(lines)
                .anyMatch(line -> line.matches("version +2 \\(champion\\)"))
                .anyMatch(line -> line.matches("rows +1,438 train, 359 validation"))
                .anyMatch(line -> line.matches("model/weights.safetensors +sha256 [0-9a-f]{64}"))
                .anyMatch(line -> line.matches("4 +\\S+Z +promote +2 +champion +\\S+, process \\d+ +first"));
        JsonNode json = json("show", "2", "--json");
        assertThat(json.get("number").asInt()).isEqualTo(2);
        assertThat(json.get("lineage").get("rows").get("train").asInt()).isEqualTo(1438);
        assertThat(json.get("files").size()).isEqualTo(2);
    }

    @Test
    void historyTellsAllAndWhatWasAtATime() {
        HistoryEntry first = registry.promote(AliasChange.of(1, "champion", "first"), registry.state());
        models("promote", "2", "--reason", "better").done();
        List<String> lines = models("history").done().out().lines().toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(5)).matches("5 +\\S+Z +promote +2 +champion +1 +\\S+, process \\d+ +better");
        assertThat(json("history", "--json").get("entries")).hasSize(5);
        assertThat(models("history", "--at", "2001-01-01").done().out())
                .isEqualTo("no alias named a version at 2001-01-01T23:59:59.999999999Z\n");
        Instant now = registry.history().get(4).at();
        assertThat(models("history", "--at", now.toString())
                        .done()
                        .out()
                        .lines()
                        .toList()
                        .get(1))
                .matches("champion +2 +\\S+Z +\\S+, process \\d+ +better");
        JsonNode at = json("history", "--at", now.toString(), "--json").get("aliases");
        assertThat(at.get("champion").get("version").asInt()).isEqualTo(2);
        assertThat(first.state().holder("champion")).hasValue(1);
    }

    @Test
    void oldVersionsAreDeleted() {
        models("promote", "1").done();
        assertThat(models("prune", "--keep", "1").done().out()).isEqualTo("deleted version 2\n");
        assertThat(models("prune", "--keep", "1").done().out()).isEqualTo("nothing to delete\n");
        assertThat(registry.history().get(4).reason()).isEqualTo(BY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "show 9; Cannot find version 9 in REGISTRY: there is no such version (versions: 1, 2, 3)",
                "show champion; Cannot find version champion in REGISTRY: no version has this alias (aliases: none)",
                "promote 9; Cannot find version 9 in REGISTRY: there is no such version (versions: 1, 2, 3)",
                "promote 1 --alias 7; Invalid alias: 7 (must be a letter and up to 63 letters, digits, dots, hyphens or underscores)",
                "prune --keep 0; Invalid keep: 0 (must be 1 or more)",
                "history --at noon; Invalid time: noon (must be a day, 2026-11-23, or a time, 2026-11-23T09:00:00Z) (see firesteel models history --help)",
                "''; Missing command: expected one of list, show, promote, rollback, history, prune, mirror (see firesteel models --help)"
            })
    void mistakesExitWithTwo(String arguments, String message) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
        assertThat(models(words))
                .isEqualTo(new TrainingRuns.Ended(2, "", message.replace("REGISTRY", registry.location()) + "\n"));
        assertThat(registry.history()).hasSize(3);
    }

    @Test
    void placeWithoutARegistryExitsWithTwo() {
        Path nothing = temporary.resolve("nothing");
        assertThat(TrainingRuns.run("models", nothing.toString(), "list"))
                .isEqualTo(new TrainingRuns.Ended(
                        2,
                        "",
                        "Cannot read registry file:" + nothing
                                + ": there is none (expected a directory in which a model was registered)\n"));
        assertThat(nothing).doesNotExist();
    }

    @Test
    void damagedRegistryExitsWithThree() throws IOException {
        Files.writeString(temporary.resolve("registry/history/0000000003.json"), "{");
        TrainingRuns.Ended ended = models("list");
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err())
                .isEqualTo("Cannot read file:" + temporary.resolve("registry/history/0000000003.json")
                        + ": it isn't JSON (line 1): the file was changed or damaged\n");
    }

    /** Another may run in the same JVM: none may be added. */
    @Test
    void noSparkIsStarted() {
        boolean before = SparkSession.getDefaultSession().isDefined();
        models("list").done();
        assertThat(SparkSession.getDefaultSession().isDefined()).isEqualTo(before);
    }

    private TrainingRuns.Ended models(String... arguments) {
        List<String> all = new ArrayList<>(List.of("models", location));
        all.addAll(Arrays.asList(arguments));
        return TrainingRuns.run(all.toArray(String[]::new));
    }

    private JsonNode json(String... arguments) {
        try {
            return new ObjectMapper().readTree(models(arguments).done().out());
        } catch (IOException e) {
            throw new IllegalStateException("The output is no JSON", e);
        }
    }
}
