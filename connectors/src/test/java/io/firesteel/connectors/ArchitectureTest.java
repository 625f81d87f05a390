package io.firesteel.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

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

    @ArchTest
    static void everyPackageSaysWhatIsInIt(JavaClasses classes) {
        assertThat(classes.stream().map(c -> c.getPackage()).distinct())
                .allMatch(p -> p.tryGetPackageInfo().isPresent(), "has package-info")
                .extracting(JavaPackage::getName)
                .isNotEmpty();
    }
}
