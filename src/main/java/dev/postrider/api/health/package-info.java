/** The three health checks of an orchestrator. None of them waits for anything. */
package dev.postrider.api.health;
