/** What happened to each mail: the events stream, its timeline, metrics and traces. */
package dev.postrider.event;
