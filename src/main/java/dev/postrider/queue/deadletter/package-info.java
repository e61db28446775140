/** Dead letters, which are dead or held mail: found, listed, retried, discarded. */
package dev.postrider.queue.deadletter;
