package dev.kontor.notifications.telegram;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;

/** A part that is there only where Kontor has a bot. */
@Component
@ConditionalOnExpression("!'${kontor.telegram.token:}'.isBlank()")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface WithBot {}
