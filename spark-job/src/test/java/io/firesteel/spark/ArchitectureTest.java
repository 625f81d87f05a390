package io.firesteel.spark;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.nio.file.Files;
import java.nio.file.Path;

@AnalyzeClasses(packages = "io.firesteel.spark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.firesteel.spark";

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            SlicesRuleDefinition.slices().assignedFrom(new ByPackage()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule jobFilesKnowNoSpark = noClasses()
            .that()
            .resideInAPackage("io.firesteel.spark.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.spark..");

    @ArchTest
    static final ArchRule onlyCommandsPrint = noClasses()
            .that(not(resideInAPackage("io.firesteel.spark.cli..")))
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule commandsAreNobodysBusiness = noClasses()
            .that()
            .resideOutsideOfPackage("io.firesteel.spark.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.firesteel.spark.cli..");

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            classes().should().haveNameNotMatching(".*\\.[A-Za-z]*(Util|Utils|Helper|Helpers|Manager|Impl|Common)$");

    /** Their paragraphs are in the sources alone. */
    @ArchTest
    static void everyPackageSaysWhatIsInIt(JavaClasses imported) {
        assertThat(imported.stream().map(JavaClass::getPackageName).distinct())
                .isNotEmpty()
                .allMatch(name -> Files.exists(Path.of("src/main/java", name.replace('.', '/'), "package-info.java")));
    }

    /** The root package is a slice of its own. */
    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            String name = javaClass.getPackageName();
            return name.equals(ROOT) ? SliceIdentifier.of("root") : SliceIdentifier.of(name);
        }

        @Override
        public String getDescription() {
            return "packages of " + ROOT;
        }
    }
}
