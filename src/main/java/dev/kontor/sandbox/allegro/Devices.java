package dev.kontor.sandbox.allegro;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Deed;

/** Device codes on their way from being asked for to being used. */
final class Devices {

    /** What a poll for tokens finds. */
    enum Poll {
        UNKNOWN,
        PENDING,
        TOO_FAST,
        REFUSED,
        CONFIRMED
    }

    /** One code; polled under its own lock, so that tokens are issued for it once. */
    static final class Device {
        private final Deed.DeviceAsked asked;
        private volatile Deed.@Nullable DeviceDecided decided;
        private long lastPoll = Long.MIN_VALUE / 2;
        private long interval;

        private Device(Deed.DeviceAsked asked, long interval) {
            this.asked = asked;
            this.interval = interval;
        }

        String scope() {
            return asked.scope();
        }

        String userCode() {
            return asked.userCode();
        }

        int seller() {
            var told = decided;
            return told == null ? 0 : told.seller();
        }
    }

    private static final long SLOW_DOWN_MILLIS = 5_000;
    private static final long TOLERANCE_MILLIS = 150;

    private final Rules rules;
    private final Map<String, Device> byDeviceCode = new ConcurrentHashMap<>();
    private final Map<String, Device> byUserCode = new ConcurrentHashMap<>();

    Devices(Rules rules) {
        this.rules = rules;
    }

    void apply(Deed.DeviceAsked asked) {
        var device = new Device(asked, rules.pollInterval().toMillis());
        byDeviceCode.put(asked.deviceCode(), device);
        byUserCode.put(asked.userCode(), device);
    }

    /** Whoever polls holds the code's lock and may be about to make something happen, so it is not waited for here. */
    void apply(Deed.DeviceDecided decided) {
        var device = byUserCode.get(decided.userCode());
        if (device != null) {
            device.decided = decided;
        }
    }

    void used(String deviceCode) {
        var device = byDeviceCode.remove(deviceCode);
        if (device != null) {
            byUserCode.remove(device.userCode());
        }
    }

    @Nullable
    Device byDeviceCode(String deviceCode) {
        return byDeviceCode.get(deviceCode);
    }

    boolean undecided(String userCode, long now) {
        var device = byUserCode.get(userCode);
        return device != null && !expired(device, now) && device.decided == null;
    }

    boolean expired(Device device, long now) {
        return now - device.asked.at() >= rules.deviceCodeLife().toMillis();
    }

    Poll poll(Device device, long now) {
        synchronized (device) {
            if (expired(device, now)) {
                return Poll.UNKNOWN;
            }
            var waited = now - device.lastPoll;
            device.lastPoll = now;
            if (waited < device.interval - TOLERANCE_MILLIS) {
                device.interval += SLOW_DOWN_MILLIS;
                return Poll.TOO_FAST;
            }
            var decided = device.decided;
            if (decided != null) {
                return decided.confirmed() ? Poll.CONFIRMED : Poll.REFUSED;
            }
            var decidedByNow = now - device.asked.at() >= rules.confirmAfter().toMillis();
            return switch (rules.decision()) {
                case WAIT -> Poll.PENDING;
                case CONFIRM -> decidedByNow ? Poll.CONFIRMED : Poll.PENDING;
                case REFUSE -> decidedByNow ? Poll.REFUSED : Poll.PENDING;
            };
        }
    }
}
