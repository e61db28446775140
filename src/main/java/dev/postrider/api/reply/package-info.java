/** The bodies of HTTP responses, as JSON. */
package dev.postrider.api.reply;
