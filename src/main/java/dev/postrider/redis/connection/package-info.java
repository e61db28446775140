/** Dedicated connections to Redis, a server or a cluster, whose commands all have a time limit. */
package dev.postrider.redis.connection;
