/** The commands demo and bench: mail from a Redis through a worker to a sink, counted. */
package dev.postrider.cli.demo;
