package io.firesteel.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.nio.file.Files;
import java.nio.file.Path;

@AnalyzeClasses(packages = "io.firesteel.connectors", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsNoJob =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.firesteel.spark..");

    @ArchTest
    static final ArchRule onlySourcesUseSparkSql = noClasses()
            .that()
            .resideOutsideOfPackage("io.firesteel.connectors.source..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.spark..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.firesteel.connectors.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyPrints = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    /** Their paragraphs are in the sources alone. */
    @ArchTest
    static void everyPackageSaysWhatIsInIt(JavaClasses imported) {
        assertThat(imported.stream().map(JavaClass::getPackageName).distinct())
                .isNotEmpty()
                .allMatch(name -> Files.exists(Path.of("src/main/java", name.replace('.', '/'), "package-info.java")));
    }
}
