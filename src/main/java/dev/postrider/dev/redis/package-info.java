/** The Redis of dev mode and tests. */
package dev.postrider.dev.redis;
