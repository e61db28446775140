/**
 * The commands for people and scripts.
 *
 * <p>They run without the worker, its servers and its container: the settings are read as the
 * program reads them, and one link to Redis is opened when needed.
 */
package dev.postrider.cli;
