package io.firesteel.connectors.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who this process is, for people who read the log. */
final class Caller {
    private Caller() {}

    /** {@code user@host, process 4711}. */
    static String name() {
        return System.getProperty("user.name") + "@" + host() + ", process "
                + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }
}
