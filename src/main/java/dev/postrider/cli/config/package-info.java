/** The settings, TLS and proxies of the commands, read without the container. */
package dev.postrider.cli.config;
