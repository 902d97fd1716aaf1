package dev.kontor.access.limits;

import io.github.bucket4j.ConsumptionProbe;

/** Where it is counted how much each caller has asked for. */
interface Buckets {

    ConsumptionProbe take(Quota quota, String caller);
}
