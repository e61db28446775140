/** The inbox of dev mode: shows each mail that was sent. */
package dev.postrider.dev.inbox;
