package io.firesteel.spark.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Markdown page of the repository, as far as tests need to understand it.
 *
 * @param file absolute
 * @param lines of the file
 */
record Page(Path file, List<String> lines) {
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "runs", "logs", "spark-warehouse");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");
    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");

    /** The directory that holds the parent's pom. */
    static Path repository() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("spark-job/pom.xml"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    static Page of(String path) {
        return read(repository().resolve(path));
    }

    /** The README and the pages in docs. */
    static List<Page> documentation() {
        return all().stream()
                .filter(page -> page.name().equals("README.md") || page.name().startsWith("docs/"))
                .toList();
    }

    /** Every page of the repository. */
    static List<Page> all() {
        try (Stream<Path> files = Files.walk(repository())) {
            return files.filter(file -> file.toString().endsWith(".md") && isOurs(file))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(Path file) {
        for (Path part : repository().relativize(file)) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }

    private static Page read(Path file) {
        try {
            return new Page(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path in the repository. */
    String name() {
        return repository().relativize(file).toString();
    }

    /** The blocks between fences. */
    List<CodeBlock> blocks() {
        List<CodeBlock> blocks = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            if (isFence(at)) {
                int end = at + 1;
                while (!isFence(end)) {
                    end++;
                }
                String info = lines.get(at).substring(3);
                blocks.add(CodeBlock.of(name(), at + 1, info, lines.subList(at + 1, end)));
                at = end;
            }
        }
        return blocks;
    }

    /** Where the links and images lead that aren't in a block. */
    List<String> links() {
        return prose().flatMap(
                        line -> LINK.matcher(line.replaceAll("`[^`]*`", "`")).results())
                .map(match -> match.group(1))
                .toList();
    }

    /** What stands in backticks outside blocks. */
    List<String> codeSpans() {
        return prose().flatMap(line -> CODE_SPAN.matcher(line).results())
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** The anchors that GitHub gives to headings. */
    Set<String> anchors() {
        return prose().map(HEADING::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> anchor(matcher.group(1)))
                .collect(Collectors.toSet());
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }

    private Stream<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean inBlock = false;
        for (int at = 0; at < lines.size(); at++) {
            if (isFence(at)) {
                inBlock = !inBlock;
            } else if (!inBlock) {
                prose.add(lines.get(at));
            }
        }
        return prose.stream();
    }

    private boolean isFence(int at) {
        if (at >= lines.size()) {
            throw new IllegalStateException("Cannot read " + name() + ": a block doesn't end (no closing fence)");
        }
        return lines.get(at).startsWith("```");
    }
}
