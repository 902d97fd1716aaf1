package dev.kontor.access.attempts;

/** An allowance of somebody, as the database knows it. */
record Counter(Allowance allowance, String key) {}
