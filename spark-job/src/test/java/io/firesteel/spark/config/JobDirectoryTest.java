package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobDirectoryTest {
    @ParameterizedTest
    @CsvSource({
        "/jobs/job.yaml, digits.csv, /jobs/digits.csv",
        "/my jobs/job.yaml, my digits/p*.csv, /my jobs/my digits/p*.csv",
        "/jobs/job.yaml, '{a,b}/[0-9]?.csv', '/jobs/{a,b}/[0-9]?.csv'",
        "/jobs/a/job.yaml, ../digits.csv, /jobs/digits.csv",
        "/jobs/a/job.yaml, ./x/../digits.csv, /jobs/a/digits.csv",
        "/job.yaml, ../digits.csv, /digits.csv",
        "/jobs/job.yaml, ., /jobs",
        "/jobs/job.yaml, /data/digits.csv, /data/digits.csv",
        "/jobs/job.yaml, s3a://b/digits.csv, s3a://b/digits.csv",
        "/jobs/job.yaml, file:/data/digits.csv, file:/data/digits.csv",
        "file:/jobs/job.yaml, digits.csv, file:/jobs/digits.csv",
        "file:///jobs/job.yaml, digits.csv, file:///jobs/digits.csv",
        "file:/my jobs/job.yaml, a b.csv, file:/my jobs/a b.csv",
        "hdfs://nn:8020/jobs/job.yaml, digits-*.csv, hdfs://nn:8020/jobs/digits-*.csv",
        "hdfs://nn:8020/jobs/job.yaml, ../../../x, hdfs://nn:8020/x",
        "hdfs://nn:8020/jobs/job.yaml, /data/x, /data/x",
        "hdfs:/jobs/job.yaml, x, hdfs:/jobs/x",
        "s3a://bucket/job.yaml, data/x, s3a://bucket/data/x",
        "s3a://bucket, data/x, s3a://bucket/data/x",
        "job.yaml, digits.csv, digits.csv",
        "examples/job.yaml, digits.csv, examples/digits.csv",
        "examples/job.yaml, ../digits.csv, digits.csv",
        "examples/job.yaml, ../../digits.csv, ../digits.csv"
    })
    void pathIsMeantAgainstTheDirectoryOfTheFile(String jobFile, String written, String expected) {
        assertThat(JobDirectory.of(jobFile).resolve(written)).isEqualTo(expected);
    }

    /** Hadoop's own rule is the independent source, where it can read the two parts. */
    @ParameterizedTest
    @CsvSource({
        "/jobs/a/job.yaml, ../digits.csv",
        "/my jobs/job.yaml, my digits/p*.csv",
        "file:/jobs/job.yaml, a/b.csv",
        "hdfs://nn:8020/jobs/job.yaml, 'digits-{1,2}.csv'",
        "s3a://bucket/job.yaml, data/x",
        "examples/job.yaml, digits.csv"
    })
    void hadoopResolvesAlike(String jobFile, String written) {
        Path expected = new Path(new Path(jobFile).getParent(), written);
        assertThat(new Path(JobDirectory.of(jobFile).resolve(written))).isEqualTo(expected);
    }

    @Test
    void everyPathOfAJobIsResolved() {
        String text = """
                name: digits
                data:
                  format: csv
                  path: [a.csv, /b.csv]
                  validation: {path: "c.csv"}
                features: [{column: pixels}]
                label: {column: label, type: int64}
                model: {type: linear, outputs: 10}
                loss: crossEntropy
                optimizer: {type: sgd}
                train: {epochs: 1}
                output: runs
                """;
        JobConfig job = Jobs.parse(text).resolvedAgainst(JobDirectory.of("hdfs://nn/jobs/job.yaml"));
        assertThat(job.data().paths()).containsExactly("hdfs://nn/jobs/a.csv", "/b.csv");
        ValidationConfig.Data validation =
                (ValidationConfig.Data) job.data().validation().orElseThrow();
        assertThat(validation.paths()).containsExactly("hdfs://nn/jobs/c.csv");
        assertThat(job.output()).isEqualTo("hdfs://nn/jobs/runs");
    }

    @Test
    void splitOfTheDataHasNoPathToResolve() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL, "data.validation.fraction=0.25");
        assertThat(job.resolvedAgainst(JobDirectory.of("/j/job.yaml")).data().validation())
                .contains(new ValidationConfig.Split(0.25));
    }
}
