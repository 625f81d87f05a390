package io.firesteel.connectors.hadoop;

import java.nio.file.Path;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/** The three kinds of storage, each with a real server behind it where it needs one. */
public enum Storage {
    FILE {
        @Override
        String root() {
            return "file:" + Path.of("target", "storage").toAbsolutePath();
        }

        @Override
        public Configuration client() {
            return new Configuration();
        }
    },
    HDFS {
        @Override
        String root() {
            return HdfsServer.start().uri();
        }

        @Override
        public Configuration client() {
            return HdfsServer.start().client();
        }
    },
    S3A {
        @Override
        String root() {
            return S3Server.start().bucket("storage");
        }

        @Override
        public Configuration client() {
            return S3Server.start().client();
        }
    };

    /** The URI below which tests write. */
    abstract String root();

    /** Settings of a client that may do everything. */
    public abstract Configuration client();

    /** One that no other test has. */
    public ArtifactDirectory emptyDirectory() {
        return ArtifactDirectory.of(root() + "/" + UUID.randomUUID(), client());
    }
}
