/** The three questions an orchestrator asks. None of them waits for anything. */
package dev.postrider.api.health;
