/** The command enqueue: mail from options, files or standard input. */
package dev.postrider.cli.enqueue;
