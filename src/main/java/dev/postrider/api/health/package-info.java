/** The three health checks of an orchestrator. None of them blocks. */
package dev.postrider.api.health;
