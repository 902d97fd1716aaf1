/**
 * How fast Kontor is. Kontor, the sandbox and the database are processes of their own, as they are in life; sizes are
 * system properties.
 */
package dev.kontor.benchmark;
