/**
 * Tells people what they have to know, and as seldom as that allows: rules over what the other modules publish raise alerts,
 * one for each cause, which end by themselves when the cause is gone. A bot tells of them in a chat, and does there what people
 * ask for. Who wants that is told by mail, and other systems by webhooks.
 */
@ApplicationModule(
        displayName = "Notifications",
        allowedDependencies = {
            "operations",
            "inventory",
            "orders",
            "accounts",
            "marketplaces",
            "privacy",
            "access",
            "audit",
            "api"
        })
@NullMarked
package dev.kontor.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
