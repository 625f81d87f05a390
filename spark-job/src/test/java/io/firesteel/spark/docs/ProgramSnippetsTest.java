package io.firesteel.spark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every {@code java} block marked {@code main} or {@code statements} is run, and prints what stands in the block after it, which is
 * marked {@code output}.
 */
@Timeout(120)
class ProgramSnippetsTest {
    /** A program and what it prints. */
    private record Program(CodeBlock code, CodeBlock output) {}

    @TempDir
    Path temp;

    @TestFactory
    Stream<DynamicTest> programPrintsWhatThePageSays() {
        List<Program> programs = programs();
        CompiledSnippets compiled =
                CompiledSnippets.of(programs.stream().map(Program::code).toList(), temp);
        return programs.stream()
                .map(program -> DynamicTest.dynamicTest(
                        program.code().place(),
                        () -> assertThat(output(compiled, program.code()))
                                .isEqualTo(program.output().text())));
    }

    @Test
    void everyClassOfTheTutorialIsRun() {
        assertThat(Page.of("docs/events.md").blocks())
                .filteredOn(block -> block.is("java"))
                .hasSizeGreaterThan(10)
                .allMatch(block -> isProgram(block) || block.isMarked("run"));
    }

    private static boolean isProgram(CodeBlock block) {
        return block.is("java") && (block.isMarked("main") || block.isMarked(CompiledSnippets.STATEMENTS));
    }

    private static List<Program> programs() {
        List<Program> programs = new ArrayList<>();
        for (Page page : Page.documentation()) {
            List<CodeBlock> blocks = page.blocks();
            for (int at = 0; at < blocks.size(); at++) {
                if (isProgram(blocks.get(at))) {
                    CodeBlock output = blocks.get(at + 1);
                    assertThat(output.isMarked("output"))
                            .as("the block after %s", blocks.get(at).place())
                            .isTrue();
                    programs.add(new Program(blocks.get(at), output));
                }
            }
        }
        return programs;
    }

    private static String output(CompiledSnippets compiled, CodeBlock block) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader = compiled.loader();
                PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            loader.loadClass(CompiledSnippets.className(block))
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
