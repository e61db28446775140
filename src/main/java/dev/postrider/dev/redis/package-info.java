/** The Redis of dev mode and tests: started, found again after a reload, stopped. */
package dev.postrider.dev.redis;
