package dev.kontor.architecture.planted.seams.accounts;

/** Counts a budget of its own. */
class Bucket {
    io.github.bucket4j.Bucket bucket;
}
