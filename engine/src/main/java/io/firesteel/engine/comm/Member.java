package io.firesteel.engine.comm;

import java.net.InetSocketAddress;

/**
 * Where one rank of a group listens.
 *
 * @param host the name that people know the machine by, used in messages
 * @param address what the other ranks dial; resolved, because resolving a name may block for longer than any deadline
 */
public record Member(String host, InetSocketAddress address) {
    public Member {
        if (host.isBlank()) {
            throw new IllegalArgumentException("Invalid host of a member: blank (must be a name or an address)");
        }
        if (address.isUnresolved() || address.getPort() == 0) {
            throw new IllegalArgumentException(
                    "Invalid address of a member: " + address + " (must be resolved, with a port > 0)");
        }
    }

    /** A member that is called by its address. */
    public static Member of(InetSocketAddress address) {
        return new Member(address.getHostString(), address);
    }

    /** Host and port, and the dialled address where the host name hides it. */
    String endpoint() {
        String ip = address.getAddress().getHostAddress();
        return host + ":" + address.getPort() + (ip.equals(host) ? "" : " [" + ip + "]");
    }
}
