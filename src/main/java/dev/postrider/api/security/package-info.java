/** Who may come in by HTTP: bearer tokens, and in dev mode whoever sits at the machine. */
package dev.postrider.api.security;
