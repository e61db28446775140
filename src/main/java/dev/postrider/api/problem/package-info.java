/** Errors of the HTTP API, all in one form (RFC 9457). */
package dev.postrider.api.problem;
