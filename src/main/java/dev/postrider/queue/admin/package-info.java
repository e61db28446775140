/** What operators ask of a queue: its counts, its pause, where one mail is, its removal. */
package dev.postrider.queue.admin;
