/** Dedicated connections to Redis, one server or a cluster; each command has a time limit. */
package dev.postrider.redis.connection;
