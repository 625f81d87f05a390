package io.firesteel.spark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Links between pages, and from pages to files, lead somewhere. */
class LinksTest {
    @TestFactory
    Stream<DynamicTest> linkLeadsSomewhere() {
        return Page.all().stream()
                .flatMap(page -> page.links().stream()
                        .filter(link -> !link.matches("https?://.*"))
                        .distinct()
                        .map(link ->
                                DynamicTest.dynamicTest(page.name() + " → " + link, () -> assertLeads(page, link))));
    }

    @Test
    void everyPageOfDocsIsLinkedFromTheReadme() {
        Page readme = Page.of("README.md");
        assertThat(Page.documentation().stream()
                        .map(Page::name)
                        .filter(name -> name.startsWith("docs/"))
                        .toList())
                .isNotEmpty()
                .allMatch(name -> readme.links().contains(name));
    }

    private static void assertLeads(Page page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page.file()
                : page.file().resolveSibling(parts[0]).normalize();
        assertThat(Files.exists(target)).as("%s exists", target).isTrue();
        if (parts.length == 2) {
            Page linked = Page.of(Page.repository().relativize(target).toString());
            assertThat(linked.anchors()).contains(parts[1]);
        }
    }
}
