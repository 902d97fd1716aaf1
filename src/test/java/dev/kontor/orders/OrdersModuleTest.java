package dev.kontor.orders;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.ApplicationModuleTest;

/** Starts the module with the vault, and with shops that the test scripts; no loop runs unless the test runs it. */
@ApplicationModuleTest(
        module = "orders",
        extraIncludes = {"privacy", "audit", "api"})
@Import({Shops.class, ShopClock.class})
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OrdersModuleTest {}
