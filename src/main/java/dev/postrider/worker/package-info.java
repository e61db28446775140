/** Runs each mail through one attempt: fetch, check, process, settle. */
package dev.postrider.worker;
