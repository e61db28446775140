/** What became of each mail, in words for the events stream and the mail's own timeline. */
package dev.postrider.event;
