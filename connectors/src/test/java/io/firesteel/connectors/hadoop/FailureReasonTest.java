package io.firesteel.connectors.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import org.apache.hadoop.ipc.RemoteException;
import org.junit.jupiter.api.Test;

/** Failures that a test can't bring about; StorageFailureTest has those of the servers. */
class FailureReasonTest {
    @Test
    void fullDiskIsToldInAnyOfItsForms() {
        String told = "the disk is full or its quota used up; delete what is old or choose another place";
        assertThat(FailureReason.of(new IOException("No space left on device"))).isEqualTo(told);
        assertThat(FailureReason.of(new FileSystemException("/f", null, "Disk quota exceeded")))
                .isEqualTo(told);
        assertThat(FailureReason.of(new IOException("upload", new IOException("No space left on device"))))
                .isEqualTo(told);
    }

    @Test
    void hdfsWithoutRoomIsTold() {
        IOException full = new RemoteException(
                "java.io.IOException",
                "File /f could only be written to 0 of the 1 minReplication nodes. There are 1 datanode(s) running");
        assertThat(FailureReason.of(full))
                .isEqualTo("no DataNode of HDFS takes the file, as they are full or away; see hdfs dfsadmin -report");
        assertThat(FailureReason.passes(full)).isTrue();
    }

    @Test
    void deniedLocalFileIsTold() {
        assertThat(FailureReason.of(new FileNotFoundException("/f (Permission denied)")))
                .isEqualTo("permission denied; have it granted or choose another place");
    }

    @Test
    void missingClientIsNamed() {
        RuntimeException missing = new RuntimeException(
                new ClassNotFoundException("Class org.apache.hadoop.fs.s3a.S3AFileSystem not found"));
        assertThat(FailureReason.of(missing))
                .isEqualTo(
                        "its client isn't on the class path (Class org.apache.hadoop.fs.s3a.S3AFileSystem not found);"
                                + " add it, for s3a: with --packages org.apache.hadoop:hadoop-aws:3.4.2");
    }

    @Test
    void serverThatIsAwayOrSilentPasses() {
        assertThat(FailureReason.passes(new ConnectException("refused"))).isTrue();
        assertThat(FailureReason.passes(new IOException("call", new SocketTimeoutException("5 s"))))
                .isTrue();
        assertThat(FailureReason.passes(new EOFException())).isTrue();
        assertThat(FailureReason.passes(new RemoteException("org.apache.hadoop.ipc.StandbyException", "standby")))
                .isTrue();
    }

    @Test
    void mistakesDoNotPass() {
        assertThat(FailureReason.passes(new UnknownHostException("nowhere"))).isFalse();
        assertThat(FailureReason.passes(new FileNotFoundException("f"))).isFalse();
        assertThat(FailureReason.passes(new IOException("No space left on device")))
                .isFalse();
    }

    @Test
    void reasonIsFoundBelowWhatOthersWrapAroundIt() {
        Exception wrapped =
                new IllegalStateException("job aborted", new IOException("read", new ConnectException("refused")));
        assertThat(FailureReason.find(wrapped))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("no server answers; start it"));
        assertThat(FailureReason.isOfStorage(wrapped)).isTrue();
        assertThat(FailureReason.find(new IllegalStateException("a bug"))).isEmpty();
    }

    @Test
    void missingRightIsAReasonButNotOfStorage() {
        IOException denied = new FileNotFoundException("/f (Permission denied)");
        assertThat(FailureReason.find(denied)).contains("permission denied; have it granted or choose another place");
        assertThat(FailureReason.isOfStorage(denied)).isFalse();
        assertThat(new ArtifactException("Cannot write f", denied).isOfStorage())
                .isFalse();
        assertThat(new ArtifactException("Cannot write f", new ConnectException("refused")).isOfStorage())
                .isTrue();
        assertThat(new ArtifactException("Cannot write f").isOfStorage()).isFalse();
    }

    @Test
    void otherFailuresKeepTheirFirstLine() {
        assertThat(FailureReason.of(new IOException("what\nat Main"))).isEqualTo("what");
        assertThat(FailureReason.of(new IOException())).isEqualTo("java.io.IOException");
        assertThat(FailureReason.of(new FileNotFoundException("f"))).isEqualTo("no such file or directory: f");
    }
}
