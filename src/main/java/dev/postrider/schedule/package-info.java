/** Mail for later: moved to the ready stream when it is due, by the clock of Redis. */
package dev.postrider.schedule;
