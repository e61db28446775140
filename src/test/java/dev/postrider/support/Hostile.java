package dev.postrider.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Hostile cases that a test tries out. They are counted, and the page on security says how many
 * there are: so many as the annotated method returns, or as its parameter takes, or one.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Hostile {

  /** The row of the table. */
  String value();

  /** Tries of each case. */
  int each() default 1;
}
