/** Authentication mechanisms (RFC 4422) and the credentials they use. */
package dev.postrider.smtp.sasl;
