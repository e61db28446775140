/** When something happens again: delays between retries, intervals, batches. */
package dev.postrider.timing;
