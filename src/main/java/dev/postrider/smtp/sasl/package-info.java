/** The SASL mechanisms of SMTP AUTH (RFC 4954) and the credentials they use. */
package dev.postrider.smtp.sasl;
