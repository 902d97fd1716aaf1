package dev.kontor.access.keys;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.springframework.security.web.util.matcher.IpAddressMatcher;

import dev.kontor.api.FieldProblem;
import dev.kontor.api.InvalidField;

/** From where a key may be used: IPv4 and IPv6 addresses, or ranges of them (CIDR); from everywhere where there is none. */
public record SourceAddresses(List<String> ranges) {

    public static final SourceAddresses EVERYWHERE = new SourceAddresses(List.of());

    private static final Pattern FORM = Pattern.compile("([0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/([0-9]{1,3}))?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    public SourceAddresses {
        ranges = List.copyOf(ranges);
    }

    /** @throws InvalidField that names each one of the field {@code addresses} that is none */
    public static SourceAddresses of(List<String> texts) {
        var ranges = texts.stream().map(String::strip).toList();
        var wrong = new ArrayList<FieldProblem>();
        for (var index = 0; index < ranges.size(); index++) {
            if (!isRange(ranges.get(index))) {
                wrong.add(new FieldProblem(
                        "addresses[" + index + "]",
                        "must be an IPv4 or IPv6 address, or a range such as 192.0.2.0/24 or 2001:db8::/32"));
            }
        }
        if (!wrong.isEmpty()) {
            throw new InvalidField(wrong);
        }
        return new SourceAddresses(ranges.stream().distinct().toList());
    }

    private static boolean isRange(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        var bits = parts.group(2);
        try {
            boolean ipv6 = InetAddress.ofLiteral(parts.group(1)) instanceof Inet6Address;
            return (ipv6 || IPV4.matcher(parts.group(1)).matches())
                    && (bits == null || Integer.parseInt(bits) <= (ipv6 ? 128 : 32));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @param remote as the request tells it, or the proxy whose word is taken (see {@code KONTOR_FORWARDED_HEADERS}) */
    boolean contain(String remote) {
        return ranges.isEmpty()
                || literal(remote).stream()
                        .anyMatch(address ->
                                ranges.stream().map(IpAddressMatcher::new).anyMatch(range -> range.matches(address)));
    }

    /** Without the name of a network interface; empty where something in between told nonsense. */
    private static Optional<String> literal(String remote) {
        try {
            return Optional.of(
                    InetAddress.ofLiteral(remote.replaceFirst("%.*", "")).getHostAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
