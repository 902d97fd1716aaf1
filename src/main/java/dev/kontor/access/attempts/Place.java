package dev.kontor.access.attempts;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** From where somebody calls: an IPv4 address, or the first 64 bits of an IPv6 address, for one household has them all. */
public record Place(String text) {

    private static final int PREFIX = 8;

    public static Place of(String address) {
        try {
            var ip = InetAddress.ofLiteral(address.replaceFirst("%.*", "")); // without the name of a network interface
            return new Place(ip instanceof Inet6Address ? prefix(ip.getAddress()) : ip.getHostAddress());
        } catch (IllegalArgumentException e) {
            return new Place("unknown"); // told by something in between, which is not to be believed
        }
    }

    private static String prefix(byte[] address) {
        return HexFormat.of().formatHex(Arrays.copyOf(address, PREFIX)).replaceAll("(.{4})", "$1:") + ":/64";
    }
}
