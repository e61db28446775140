/** The HTTP API: one resource for each noun. Nothing in it blocks. */
package dev.postrider.api;
