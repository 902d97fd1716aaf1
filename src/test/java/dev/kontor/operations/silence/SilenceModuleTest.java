package dev.kontor.operations.silence;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestPropertySource;

/** Starts the module over simulated shops; nothing happens but what the test does. */
@ApplicationModuleTest(
        module = "operations",
        extraIncludes = {"privacy", "access", "audit", "api"})
@TestPropertySource(properties = {"db-scheduler.enabled=false", "kontor.operations.silence.zones.fake=Europe/Warsaw"})
@Import({SimulatedShops.class, QuarterStage.class})
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface SilenceModuleTest {}
