/** Every key name, every script, and what each error of Redis means. */
package dev.postrider.redis;
