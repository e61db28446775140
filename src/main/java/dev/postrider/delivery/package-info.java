/** From a mail to its outcome: routes, transports, and what a server's reply means. */
package dev.postrider.delivery;
