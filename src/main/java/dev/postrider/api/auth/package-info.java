/** Who may use the HTTP API: bearer tokens, sessions, and in dev mode loopback clients. */
package dev.postrider.api.auth;
