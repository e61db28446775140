/** Mail for later: promoted when it is due, by Redis's clock. */
package dev.postrider.schedule;
