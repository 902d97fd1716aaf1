package dev.kontor.accounts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.ApplicationModuleTest;

/** Starts the module alone, with a scripted marketplace and a clock that the test moves. */
@ApplicationModuleTest(module = "accounts")
@Import(AccountsTestBeans.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AccountsModuleTest {}
