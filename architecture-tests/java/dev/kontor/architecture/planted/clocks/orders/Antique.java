package dev.kontor.architecture.planted.clocks.orders;

import java.util.Date;

/** Keeps time as it was kept long ago. */
class Antique {
    Date at;
}
