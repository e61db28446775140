/** Whether Redis can be used: its version and settings, its errors, and whether it answers. */
package dev.postrider.redis.health;
