package dev.kontor.sandbox.wix;

/** What a buyer takes of one article; none where he found nothing. */
record Taken(int article, int quantity) {}
