package io.firesteel.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows and names of the house. */
@AnalyzeClasses(packages = "io.firesteel.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ENGINE = "io.firesteel.engine";
    private static final String[] JDK_AND_LOGGING = {"java..", "javax..", "jdk.incubator.vector..", "org.slf4j.."};

    /** What each package may use of the engine, apart from itself. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            entry("event", List.of()),
            entry("metric", List.of()),
            entry("kernel", List.of()),
            entry("comm", List.of("kernel")),
            entry("plot", List.of()),
            entry("registry", List.of()),
            entry("schedule", List.of("plot")),
            entry("optim", List.of("kernel", "schedule")),
            entry("data", List.of("event")),
            entry("model", List.of("data")),
            entry("handler", List.of("event", "metric", "schedule", "plot", "model", "optim")),
            entry("checkpoint", List.of("model", "event", "optim")),
            entry(
                    "train",
                    List.of(
                            "data",
                            "comm",
                            "event",
                            "metric",
                            "model",
                            "optim",
                            "checkpoint",
                            "kernel",
                            "schedule",
                            "handler")));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule standardStreamsAreLeftAlone = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule kernelUsesNothingButTheJdk = usesOnlyTheJdk("kernel");

    @ArchTest
    static final ArchRule commUsesNothingButTheJdk = usesOnlyTheJdk("comm", "kernel");

    @ArchTest
    static final ArchRule eventUsesNothingButTheJdk = usesOnlyTheJdk("event");

    @ArchTest
    static final ArchRule metricUsesNothingButTheJdk = usesOnlyTheJdk("metric");

    @ArchTest
    static final ArchRule optimUsesNothingButTheJdk = usesOnlyTheJdk("optim", "kernel", "schedule");

    @ArchTest
    static final ArchRule plotUsesNothingButTheJdk = usesOnlyTheJdk("plot");

    @ArchTest
    static final ArchRule registryUsesNothingButTheJdk = usesOnlyTheJdk("registry");

    @ArchTest
    static final ArchRule scheduleUsesNothingButTheJdk = usesOnlyTheJdk("schedule", "plot");

    @ArchTest
    static final ArchRule nothingDependsOnTrain = noClasses()
            .that()
            .resideOutsideOfPackage(ENGINE + ".train..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ENGINE + ".train..");

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes =
            noClasses().should().haveNameMatching(".*(Util|Helper|Manager|Common)[^.]*");

    @ArchTest
    static final ArchRule packagesSayWhatIsInThem =
            noClasses().should().resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..");

    @ArchTest
    static void packagesDependAlongTheArrowsOnly(JavaClasses imported) {
        ARROWS.forEach((name, others) -> {
            String[] allowed = Stream.concat(Stream.of(name), others.stream())
                    .map(other -> ENGINE + "." + other + "..")
                    .toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage(ENGINE + "." + name + "..")
                    .should()
                    .onlyDependOnClassesThat(
                            not(resideInAPackage(ENGINE + "..")).or(resideInAnyPackage(allowed)))
                    .check(imported);
        });
    }

    @Test
    void everyPackageHasItsArrowsAndSaysWhatIsInIt() {
        Path root = Path.of("src/main/java/io/firesteel/engine");
        List<Path> packages = packages(root);
        assertThat(packages)
                .isNotEmpty()
                .allSatisfy(folder ->
                        assertThat(folder.resolve("package-info.java")).exists());
        assertThat(packages)
                .filteredOn(folder -> !folder.equals(root))
                .extracting(folder -> root.relativize(folder).getName(0).toString())
                .allSatisfy(name -> assertThat(ARROWS).containsKey(name));
    }

    private static List<Path> packages(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JDK, and the packages of the engine that are named: itself first. */
    private static ArchRule usesOnlyTheJdk(String... names) {
        String[] packages =
                Stream.of(names).map(name -> ENGINE + "." + name + "..").toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(packages[0])
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(JDK_AND_LOGGING).or(resideInAnyPackage(packages)));
    }
}
