/** The commands dead and held. */
package dev.postrider.cli.deadletter;
