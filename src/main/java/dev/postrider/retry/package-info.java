/** When to try again: pure arithmetic. */
package dev.postrider.retry;
