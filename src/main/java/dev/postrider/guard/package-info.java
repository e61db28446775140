/** Decides whether a mail is still to be sent, when its turn comes. */
package dev.postrider.guard;
