package io.firesteel.connectors.hadoop;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.ipc.RemoteException;

/**
 * Why a storage operation failed, in words that name the way out, and whether the failure may pass. Classes of the HDFS and S3
 * clients are known by their names: a server sends the names alone, and a cluster may lack the S3 client.
 */
public final class FailureReason {
    private static final Set<String> PASSING = Set.of(
            "SafeModeException",
            "RetriableException",
            "StandbyException",
            "NotReplicatedYetException",
            // An object was replaced between two requests of the one who reads it.
            "RemoteFileChangedException",
            "AWSServiceThrottledException",
            "AWSStatus500Exception",
            "AWSApiCallTimeoutException");
    private static final Pattern REFUSED_ADDRESS = Pattern.compile("(?:Connect to |to )(\\S+?:\\d+)(?= failed| \\[|$)");

    /** In Hadoop's words, so that a class of the user's isn't taken for one. */
    private static final Pattern MISSING_CLIENT = Pattern.compile("Class \\S+ not found");

    private FailureReason() {}

    /** Whether it's worth another attempt: the server is away, busy or starting. */
    static boolean passes(Throwable failure) {
        List<Throwable> chain = chain(failure);
        if (has(chain, UnknownHostException.class)) {
            return false;
        }
        return has(chain, ConnectException.class)
                || has(chain, NoRouteToHostException.class)
                || has(chain, SocketException.class)
                || has(chain, SocketTimeoutException.class)
                || has(chain, EOFException.class)
                || chain.stream().anyMatch(e -> PASSING.contains(name(e)))
                || says(chain, "could only be written to 0 of");
    }

    /**
     * The reason, where it's one that storage is known to give: one line with the way out, no full stop. Causes count, so that what Spark
     * wraps is understood too.
     */
    public static Optional<String> find(Throwable failure) {
        if (failure instanceof RetryBudget.RetriesExhaustedException exhausted) {
            return find(exhausted.getCause()).map(reason -> reason + " (" + exhausted.getMessage() + ")");
        }
        List<Throwable> chain = chain(failure);
        return ofStorage(chain).or(() -> ofPermission(chain));
    }

    /** Whether storage itself failed: it isn't there, doesn't answer, doesn't know who asks, or is full. A right that is missing isn't that. */
    public static boolean isOfStorage(Throwable failure) {
        return ofStorage(chain(failure)).isPresent();
    }

    /** One line, no full stop. */
    static String of(Throwable failure) {
        if (failure instanceof RetryBudget.RetriesExhaustedException exhausted) {
            return of(exhausted.getCause()) + " (" + exhausted.getMessage() + ")";
        }
        return find(failure).orElseGet(() -> plain(failure));
    }

    private static Optional<String> ofStorage(List<Throwable> chain) {
        return ofStore(chain)
                .or(() -> ofServer(chain))
                .or(() -> ofSpace(chain))
                .or(() -> ofCredentials(chain))
                .or(() -> ofNetwork(chain));
    }

    private static Optional<String> ofStore(List<Throwable> chain) {
        if (hasName(chain, "UnknownStoreException") || says(chain, "NoSuchBucket")) {
            return Optional.of("there is no such bucket; create it or correct the location");
        }
        Optional<String> client = chain.stream()
                .filter(ClassNotFoundException.class::isInstance)
                .map(e -> firstLine(String.valueOf(e.getMessage())))
                .filter(message -> MISSING_CLIENT.matcher(message).matches())
                .findFirst();
        if (client.isPresent()) {
            return Optional.of("its client isn't on the class path (" + client.get()
                    + "); add it, for s3a: with --packages org.apache.hadoop:hadoop-aws:3.4.2");
        }
        return Optional.empty();
    }

    private static Optional<String> ofServer(List<Throwable> chain) {
        return hasName(chain, "SafeModeException")
                ? Optional.of("HDFS is in safe mode and takes no writes; wait until it is started,"
                        + " or end it with hdfs dfsadmin -safemode leave")
                : Optional.empty();
    }

    private static Optional<String> ofSpace(List<Throwable> chain) {
        if (hasName(chain, "DSQuotaExceededException")) {
            return Optional.of("the space quota of the directory is used up (" + quota(chain)
                    + "); delete what is old or raise it with hdfs dfsadmin -setSpaceQuota");
        }
        if (hasName(chain, "NSQuotaExceededException")) {
            return Optional.of("the directory may hold no more files (" + quota(chain)
                    + "); delete what is old or raise its quota with hdfs dfsadmin -setQuota");
        }
        if (says(chain, "No space left on device") || says(chain, "Disk quota exceeded")) {
            return Optional.of("the disk is full or its quota used up; delete what is old or choose another place");
        }
        if (says(chain, "could only be written to 0 of")) {
            return Optional.of(
                    "no DataNode of HDFS takes the file, as they are full or away; see hdfs dfsadmin -report");
        }
        return Optional.empty();
    }

    private static Optional<String> ofCredentials(List<Throwable> chain) {
        if (says(chain, "InvalidAccessKeyId") || says(chain, "Access Key Id you provided does not exist")) {
            return Optional.of(
                    "the store doesn't know the access key; correct what fs.s3a.aws.credentials.provider finds");
        }
        if (says(chain, "SignatureDoesNotMatch") || says(chain, "request signature we calculated does not match")) {
            return Optional.of(
                    "the secret doesn't belong to the access key; correct what fs.s3a.aws.credentials.provider finds");
        }
        if (hasName(chain, "NoAuthWithAWSException")
                || hasName(chain, "NoAwsCredentialsException")
                || says(chain, "No AWS Credentials")) {
            return Optional.of(
                    "no credentials; give them by the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), a role,"
                            + " or hadoop.security.credential.provider.path");
        }
        return Optional.empty();
    }

    private static Optional<String> ofPermission(List<Throwable> chain) {
        boolean denied = hasName(chain, "AccessControlException")
                || hasName(chain, "AccessDeniedException")
                || says(chain, "(Permission denied)");
        return denied
                ? Optional.of("permission denied" + who(chain) + "; have it granted or choose another place")
                : Optional.empty();
    }

    private static Optional<String> ofNetwork(List<Throwable> chain) {
        if (has(chain, UnknownHostException.class)) {
            return Optional.of("unknown host ("
                    + firstLine(find(chain, UnknownHostException.class).getMessage())
                    + "); correct the location or, for s3a:, fs.s3a.endpoint");
        }
        if (has(chain, ConnectException.class)
                || has(chain, NoRouteToHostException.class)
                || says(chain, "Connection refused")) {
            return Optional.of("no server answers" + address(chain)
                    + "; start it, or correct the location or, for s3a:, fs.s3a.endpoint");
        }
        if (has(chain, SocketTimeoutException.class)) {
            return Optional.of("the server doesn't answer in time" + address(chain));
        }
        return Optional.empty();
    }

    private static String plain(Throwable failure) {
        if (failure instanceof FileNotFoundException) {
            return "no such file or directory: " + failure.getMessage();
        }
        return failure.getMessage() == null ? failure.toString() : firstLine(failure.getMessage());
    }

    /** HDFS says who, what for and where. */
    private static String who(List<Throwable> chain) {
        for (Throwable e : chain) {
            String message = String.valueOf(e.getMessage());
            int user = message.indexOf("user=");
            if (user >= 0) {
                return " (" + firstLine(message.substring(user)) + ")";
            }
        }
        return "";
    }

    private static String quota(List<Throwable> chain) {
        return chain.stream()
                .filter(e -> String.valueOf(e.getMessage()).contains("is exceeded"))
                .map(e -> firstLine(e.getMessage()))
                .reduce((outer, inner) -> inner)
                .orElse("no numbers known");
    }

    private static String address(List<Throwable> chain) {
        for (Throwable e : chain) {
            Matcher matcher = REFUSED_ADDRESS.matcher(firstLine(String.valueOf(e.getMessage())));
            if (matcher.find()) {
                return " at " + matcher.group(1);
            }
        }
        return "";
    }

    /** A NameNode's failure comes as the name of its class. */
    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable e = failure; e != null && chain.size() < 20; e = e.getCause()) {
            chain.add(e instanceof RemoteException remote ? remote.unwrapRemoteException() : e);
        }
        return chain;
    }

    private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
        return chain.stream().anyMatch(type::isInstance);
    }

    private static <T extends Throwable> T find(List<Throwable> chain, Class<T> type) {
        return chain.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private static boolean hasName(List<Throwable> chain, String name) {
        return chain.stream().anyMatch(e -> name(e).equals(name));
    }

    private static boolean says(List<Throwable> chain, String words) {
        return chain.stream().anyMatch(e -> said(e).contains(words));
    }

    private static String said(Throwable e) {
        return e instanceof FileSystemException file
                ? String.valueOf(file.getReason()) + file.getMessage()
                : String.valueOf(e.getMessage());
    }

    private static String name(Throwable e) {
        if (e instanceof RemoteException remote) {
            String full = remote.getClassName();
            return full.substring(full.lastIndexOf('.') + 1).replaceFirst("^.*\\$", "");
        }
        return e.getClass().getSimpleName();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
