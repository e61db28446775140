/** What the HTTP door answers, as JSON. */
package dev.postrider.api.reply;
