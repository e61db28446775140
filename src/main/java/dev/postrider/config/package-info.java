/** Every key that can be set, with its unit, default and reason. */
package dev.postrider.config;
