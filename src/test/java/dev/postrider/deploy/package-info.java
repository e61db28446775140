/** What lies in deploy/: read as the programs read it that it is for, where they are installed. */
package dev.postrider.deploy;
