/** Properties of the process that people change while it runs: when something is worth an alert, and who is told of it. */
@NullMarked
package dev.kontor.notifications.settings;

import org.jspecify.annotations.NullMarked;
