/** What a server's reply means: one table of rules, which an operator can extend. */
package dev.postrider.delivery.reply;
