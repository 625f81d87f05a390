package io.firesteel.connectors.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Objects in a store such as S3, which appear under their own names when their last byte is there: small ones by one put,
 * larger ones in parts. A rename would be a copy. If-None-Match on the last request lets one writer through.
 */
final class PutObjects implements FilePlacement {
    private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";
    private static final String WRITER = "firesteel-writer";

    private final FileSystem fileSystem;

    PutObjects(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    @Override
    public void replace(Path target, FileContent content, RetryBudget budget) throws IOException {
        budget.run(() ->
                put(fileSystem.createFile(target).recursive().overwrite(true).build(), content));
    }

    @Override
    public boolean createOnly(Path target, FileContent content, RetryBudget budget) throws IOException {
        if (!fileSystem.hasPathCapability(target, CONDITIONAL)) {
            throw new IOException("its file system can't create a file on condition that there is none "
                    + "(expected file:, hdfs:, or s3a: with fs.s3a.create.conditional.enabled)");
        }
        String writer = UUID.randomUUID().toString();
        return budget.call(() -> createOnly(target, content, writer));
    }

    private boolean createOnly(Path target, FileContent content, String writer) throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder =
                fileSystem.createFile(target).recursive().overwrite(true);
        builder.opt("fs.s3a.create.header." + WRITER, writer);
        builder.must(CONDITIONAL, true);
        try {
            put(builder.build(), content);
            return true;
        } catch (IOException e) {
            if (!isLoss(e)) {
                throw e;
            }
            return isBy(writer, target);
        }
    }

    /** A put whose answer was lost is sent again by the client, and then refused because of itself. */
    private boolean isBy(String writer, Path target) throws IOException {
        return Arrays.equals(writer.getBytes(UTF_8), fileSystem.getXAttr(target, "header." + WRITER));
    }

    /** By its name, for a cluster may bring no S3 client. */
    private static boolean isLoss(IOException e) {
        return e instanceof FileAlreadyExistsException
                || e.getClass().getSimpleName().equals("RemoteFileChangedException");
    }

    /** To close a stream is to let the object appear, so a stream that failed must be aborted instead. */
    private static void put(FSDataOutputStream out, FileContent content) throws IOException {
        try {
            content.writeTo(out);
        } catch (IOException | RuntimeException | Error e) {
            abandon(out, e);
            throw e;
        }
        out.close();
    }

    private static void abandon(FSDataOutputStream out, Throwable failure) {
        try {
            if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
                out.abort();
            }
            out.close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
