/** The second transport: vertx-mail-client, as Quarkus configures it. */
package dev.postrider.delivery.vertxmail;
