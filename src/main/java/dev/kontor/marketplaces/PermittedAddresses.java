package dev.kontor.marketplaces;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;

/**
 * Which addresses may be called, so that what somebody else says does not make Kontor ask its own network. A server that is
 * named in the settings is permitted by that, on this machine and in a private network too: that is how a sandbox, or a
 * proxy, is used. An address that was learned otherwise, such as a document's, must be on that server, or speak https and be
 * public. Redirects are never followed.
 *
 * <p>Names are looked up just before the connection is made, which takes the same answer from the memory that Java has of
 * names. One whose answer changes in between leads to a server that has no certificate for it, and so to no request; nobody
 * learns what a refused name stands for.
 */
public final class PermittedAddresses {

    private final List<URI> configured;

    /** @param configured the server that the settings name */
    public PermittedAddresses(URI configured) {
        this(List.of(configured));
    }

    /** @param configured the servers that the settings name */
    public PermittedAddresses(Collection<URI> configured) {
        this.configured = List.copyOf(configured);
    }

    /** @throws IOException where it must not be called */
    public void check(URI address) throws IOException {
        var host = address.getHost();
        if (host == null || address.getUserInfo() != null) {
            throw new NotPermitted("it names no host");
        }
        boolean named = isConfigured(address);
        if (!named && !"https".equalsIgnoreCase(address.getScheme())) {
            throw new NotPermitted("it does not speak https");
        }
        for (var found : lookUp(host)) { // none where there is no such name: then there is no connection either
            if (named ? leadsToMetadata(found) : !isPublic(found)) {
                throw new NotPermitted("it is in a network of its own");
            }
        }
    }

    /** On whatever port: a sandbox keeps documents on another one. */
    private boolean isConfigured(URI address) {
        return configured.stream()
                .anyMatch(it -> String.valueOf(it.getScheme()).equalsIgnoreCase(address.getScheme())
                        && address.getHost().equalsIgnoreCase(it.getHost()));
    }

    private static InetAddress[] lookUp(String host) {
        try {
            return InetAddress.getAllByName(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (UnknownHostException e) {
            return new InetAddress[0];
        }
    }

    /** Where clouds tell each machine its credentials; no marketplace is there, whatever the settings say. */
    private static boolean leadsToMetadata(InetAddress address) {
        return address.isLinkLocalAddress();
    }

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        var bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (address instanceof Inet6Address) {
            return (first & 0xfe) != 0xfc // unique local
                    && !(first == 0x00 && bytes[1] == 0) // IPv4 in disguise
                    && !(first == 0x00 && second == 0x64) // translated to IPv4
                    && !(first == 0x20 && second == 0x02) // 6to4
                    && !(first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0); // Teredo
        }
        return first != 0
                && first < 240
                && !(first == 100 && (second & 0xc0) == 64) // shared by carriers
                && !(first == 192 && second == 0 && bytes[2] == 0)
                && !(first == 198 && (second & 0xfe) == 18); // benchmarks of networks
    }

    /** Says nothing of where the name leads. */
    public static final class NotPermitted extends IOException {

        NotPermitted(String reason) {
            super("The address is not permitted: " + reason + ".");
        }
    }
}
