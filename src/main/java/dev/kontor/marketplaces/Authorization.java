package dev.kontor.marketplaces;

/** How a seller permits Kontor to act for him. One case a way, each with the calls that it takes. */
public sealed interface Authorization permits DeviceAuthorization, EnteredAuthorization {

    /** By which the way is known in the API and beside stored credentials. */
    enum Kind {
        DEVICE_CODE,
        CLIENT_CREDENTIALS,
        REFRESH_GRANT,
        STATIC_KEY
    }

    Kind kind();
}
