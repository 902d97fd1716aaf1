package dev.kontor.architecture.planted.seams.orders;

import org.springframework.retry.support.RetryTemplate;

/** Retries on its own account. */
class Retrying {
    RetryTemplate retry;
}
