package dev.kontor.notifications;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestPropertySource;

/** Starts the module with accounts and answers that the test gives, and a clock that it moves; time does nothing by itself. */
@ApplicationModuleTest(
        module = "notifications",
        extraIncludes = {"privacy", "audit", "api"})
@TestPropertySource(
        properties = {
            "db-scheduler.enabled=false",
            "kontor.notifications.webhooks.sending=false",
            "kontor.notifications.webhooks.permitted=http://localhost",
            "kontor.notifications.webhooks.timeout=30s"
        })
@Import({Sellers.class, Upstream.class, ToldAlerts.class})
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface NotificationsModuleTest {}
