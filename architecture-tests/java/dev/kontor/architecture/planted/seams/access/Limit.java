package dev.kontor.architecture.planted.seams.access;

class Limit {
    io.github.bucket4j.Bucket bucket;
}
