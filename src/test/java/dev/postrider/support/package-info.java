/** The servers Postrider is tested against: real sockets, with every fault a network knows. */
package dev.postrider.support;
