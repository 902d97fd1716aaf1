package dev.kontor.architecture.planted.seams.marketplaces.exchange;

import org.springframework.retry.support.RetryTemplate;

class Retries {
    RetryTemplate retry;
}
