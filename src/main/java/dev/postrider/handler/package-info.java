/** Catches exceptions in the handlers of sockets, timers and futures. */
package dev.postrider.handler;
