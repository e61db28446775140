/** The commands demo and bench: mail from Redis through a worker to an SMTP server, counted. */
package dev.postrider.cli.demo;
