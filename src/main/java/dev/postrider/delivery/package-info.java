/** From a mail to what the server said of it: routes, transports, and the judgement of replies. */
package dev.postrider.delivery;
