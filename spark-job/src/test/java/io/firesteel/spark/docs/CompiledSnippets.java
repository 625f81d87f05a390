package io.firesteel.spark.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The classes in {@code java} blocks, compiled together against the class path of the tests. */
final class CompiledSnippets {
    /** A block with this mark is what stands in a {@code main}, and may use the packages that are imported around it. */
    static final String STATEMENTS = "statements";

    private static final String AROUND_STATEMENTS = """
            package %s;

            import io.firesteel.engine.event.*;
            import java.util.*;

            public final class %s {
                public static void main(String[] args) {
            %s
                }
            }
            """;

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?m)^public (?:final )?(?:class|interface|record) (\\w+)");

    private final List<CodeBlock> blocks;
    private final Path directory;

    private CompiledSnippets(List<CodeBlock> blocks, Path directory) {
        this.blocks = blocks;
        this.directory = directory;
    }

    /**
     * Compiles blocks, each one public class or the statements of one.
     *
     * @throws IllegalArgumentException with what the compiler says, if one doesn't compile
     */
    static CompiledSnippets of(List<CodeBlock> blocks, Path directory) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d",
                directory.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xlint:all,-processing,-path");
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        options,
                        null,
                        blocks.stream().map(Source::new).toList())
                .call();
        if (!compiled || !messages.toString().isBlank()) {
            throw new IllegalArgumentException("Cannot compile the classes of the pages: " + messages);
        }
        return new CompiledSnippets(blocks, directory);
    }

    /** The full name of a block's class. */
    static String className(CodeBlock block) {
        String source = source(block);
        Matcher packageName = PACKAGE.matcher(source);
        Matcher type = TYPE.matcher(source);
        if (!packageName.find() || !type.find()) {
            throw new IllegalArgumentException(
                    "Cannot compile " + block.place() + ": no package or no public type (expected a complete class)");
        }
        return packageName.group(1) + "." + type.group(1);
    }

    private static String source(CodeBlock block) {
        if (!block.isMarked(STATEMENTS)) {
            return block.text();
        }
        String packageName = "snippets." + block.page().replaceAll("\\W", "_");
        return AROUND_STATEMENTS.formatted(packageName, "Line" + block.line(), block.text());
    }

    List<CodeBlock> blocks() {
        return blocks;
    }

    /** Sees the classes, as an executor sees those of a user's jar; the caller closes it. */
    URLClassLoader loader() {
        try {
            return new URLClassLoader(
                    new URL[] {directory.toUri().toURL()}, getClass().getClassLoader());
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final CodeBlock block;

        Source(CodeBlock block) {
            super(URI.create("page:/" + className(block).replace('.', '/') + ".java"), Kind.SOURCE);
            this.block = block;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source(block);
        }
    }
}
